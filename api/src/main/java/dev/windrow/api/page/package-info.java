/**
 * The exports page and the {@code <windrow-export>} element, as files that browsers load. Entry:
 * {@link dev.windrow.api.page.PageController}.
 */
@NullMarked
package dev.windrow.api.page;

import org.jspecify.annotations.NullMarked;
