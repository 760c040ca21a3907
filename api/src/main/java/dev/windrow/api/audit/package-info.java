/** The audit, for administrators. Entry: {@link dev.windrow.api.audit.AuditConfiguration}. */
@NullMarked
package dev.windrow.api.audit;

import org.jspecify.annotations.NullMarked;
