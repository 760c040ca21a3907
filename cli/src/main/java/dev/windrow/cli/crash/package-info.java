/**
 * Proves on the user's own machine that a killed export ends as an undisturbed one:
 * {@link dev.windrow.cli.crash.VerifyCrashCommand}.
 */
@NullMarked
package dev.windrow.cli.crash;

import org.jspecify.annotations.NullMarked;
