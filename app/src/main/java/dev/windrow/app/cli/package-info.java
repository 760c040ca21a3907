/** The command line, which starts no Spring by itself: {@link dev.windrow.app.cli.WindrowCommand} is its root. */
@NullMarked
package dev.windrow.app.cli;

import org.jspecify.annotations.NullMarked;
