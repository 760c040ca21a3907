/** Every setting: its key, its value when nothing is set, and how it is refused when it is wrong. */
@NullMarked
package dev.windrow.app.settings;

import org.jspecify.annotations.NullMarked;
