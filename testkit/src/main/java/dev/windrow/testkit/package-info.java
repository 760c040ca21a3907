/**
 * What the tests of several modules share: a server that only plays one, clients, clocks, databases, processes. Not
 * null-marked, as tests are not.
 */
package dev.windrow.testkit;
