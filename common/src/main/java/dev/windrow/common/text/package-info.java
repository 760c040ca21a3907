/** Words for people, made of words. */
@NullMarked
package dev.windrow.common.text;

import org.jspecify.annotations.NullMarked;
