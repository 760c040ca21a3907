/** Proves on the user's own machine that a killed export ends as an undisturbed one: {@link dev.windrow.app.verify.VerifyCrashCommand}. */
@NullMarked
package dev.windrow.app.verify;

import org.jspecify.annotations.NullMarked;
