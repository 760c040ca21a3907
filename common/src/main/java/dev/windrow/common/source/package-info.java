/**
 * Rows of a file in key order, pulled in legs from a database that is only read. Entry:
 * {@link dev.windrow.common.source.RowSource}.
 */
@NullMarked
package dev.windrow.common.source;

import org.jspecify.annotations.NullMarked;
