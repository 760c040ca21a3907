/**
 * Links to archives that need no credentials: made, followed and ended. Entry:
 * {@link dev.windrow.api.link.LinkController}.
 */
@NullMarked
package dev.windrow.api.link;

import org.jspecify.annotations.NullMarked;
