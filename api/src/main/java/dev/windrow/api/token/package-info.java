/** Making tokens for other people's browsers. Entry: {@link dev.windrow.api.token.TokenConfiguration}. */
@NullMarked
package dev.windrow.api.token;

import org.jspecify.annotations.NullMarked;
