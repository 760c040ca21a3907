/** Composition root: settings, wiring, the command line, the demo. */
@NullMarked
package dev.windrow.app;

import org.jspecify.annotations.NullMarked;
