/** The audit over JDBC, in the status database. Entry: {@link dev.windrow.common.audit.jdbc.JdbcAuditLog}. */
@NullMarked
package dev.windrow.common.audit.jdbc;

import org.jspecify.annotations.NullMarked;
