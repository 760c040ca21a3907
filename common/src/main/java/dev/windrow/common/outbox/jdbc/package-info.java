/** The outbox in the status database. Entry: {@link dev.windrow.common.outbox.jdbc.JdbcOutbox}. */
@NullMarked
package dev.windrow.common.outbox.jdbc;

import org.jspecify.annotations.NullMarked;
