/**
 * What the tests of several modules share: a server that is none, clients, clocks, databases, processes. Not
 * null-marked, as tests are not.
 */
package dev.windrow.testkit;
