/** What an operator can follow of an export from process to process, and what is said of it there: the port Traces. */
@NullMarked
package dev.windrow.common.trace;

import org.jspecify.annotations.NullMarked;
