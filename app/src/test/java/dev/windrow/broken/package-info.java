/** A house that breaks every rule of the architecture, so that each rule is seen to fail. */
@NullMarked
package dev.windrow.broken;

import org.jspecify.annotations.NullMarked;
