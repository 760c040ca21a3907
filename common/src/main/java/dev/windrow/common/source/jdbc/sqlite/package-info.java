/** How SQLite would run a statement, told from its bytecode. */
@NullMarked
package dev.windrow.common.source.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
