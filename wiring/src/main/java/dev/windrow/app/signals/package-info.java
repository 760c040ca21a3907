/**
 * What the process tells its operator: metrics of exports, source databases and the disk, and which of its parts are
 * well. docs/operations.md has them in tables.
 */
@NullMarked
package dev.windrow.app.signals;

import org.jspecify.annotations.NullMarked;
