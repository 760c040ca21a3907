/** Puts something else in the place of values that not everybody may see, before anybody gets them. */
@NullMarked
package dev.windrow.common.source.jdbc.mask;

import org.jspecify.annotations.NullMarked;
