/**
 * What the status database counts of each owner, so that all processes hold them to the same limits. Entry: {@link
 * dev.windrow.common.quota.Quotas}.
 */
@NullMarked
package dev.windrow.common.quota;

import org.jspecify.annotations.NullMarked;
