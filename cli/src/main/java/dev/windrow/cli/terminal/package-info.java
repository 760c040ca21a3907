/** What is shown while a command waits for a server, on a terminal and elsewhere. */
@NullMarked
package dev.windrow.cli.terminal;

import org.jspecify.annotations.NullMarked;
