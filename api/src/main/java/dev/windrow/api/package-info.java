/** One package for each thing that a user does. Entry: {@link dev.windrow.api.ApiConfiguration}. */
@NullMarked
package dev.windrow.api;

import org.jspecify.annotations.NullMarked;
