/** Tokens that Windrow makes for the holder of a key. Entry: {@link dev.windrow.api.access.token.TokenMint}. */
@NullMarked
package dev.windrow.api.access.token;

import org.jspecify.annotations.NullMarked;
