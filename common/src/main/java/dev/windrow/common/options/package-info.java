/** How files of each format are written, as far as whoever starts an export may say so. */
@NullMarked
package dev.windrow.common.options;

import org.jspecify.annotations.NullMarked;
