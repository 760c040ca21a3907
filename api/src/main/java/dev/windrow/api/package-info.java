/** One package for each thing that a user does. */
@NullMarked
package dev.windrow.api;

import org.jspecify.annotations.NullMarked;
