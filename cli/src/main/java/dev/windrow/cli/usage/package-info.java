/** How the command line explains itself: errors of usage, completion, and the manual page. */
@NullMarked
package dev.windrow.cli.usage;

import org.jspecify.annotations.NullMarked;
