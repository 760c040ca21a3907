/**
 * Connections to the catalog's databases: opened read-only, lent to one reader at a time, cancelled from any thread;
 * and what a driver's error means.
 */
@NullMarked
package dev.windrow.common.source.jdbc.connect;

import org.jspecify.annotations.NullMarked;
