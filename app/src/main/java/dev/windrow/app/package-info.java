/** The program: its commands, and the start of a server. */
@NullMarked
package dev.windrow.app;

import org.jspecify.annotations.NullMarked;
