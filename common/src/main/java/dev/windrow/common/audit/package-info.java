/** What was done by whom, in rows that are chained. Entry: {@link dev.windrow.common.audit.AuditLog}. */
@NullMarked
package dev.windrow.common.audit;

import org.jspecify.annotations.NullMarked;
