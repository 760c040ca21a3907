/** The command line, which starts no Spring by itself: {@link dev.windrow.cli.WindrowCommand} is its root. */
@NullMarked
package dev.windrow.cli;

import org.jspecify.annotations.NullMarked;
