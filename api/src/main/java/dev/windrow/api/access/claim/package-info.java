/**
 * What credentials of all kinds say of callers. Entry: {@link dev.windrow.api.access.claim.ClaimValues}.
 */
@NullMarked
package dev.windrow.api.access.claim;

import org.jspecify.annotations.NullMarked;
