/** Tokens that others issue. Entry: {@link dev.windrow.api.access.jwt.JwtReader}. */
@NullMarked
package dev.windrow.api.access.jwt;

import org.jspecify.annotations.NullMarked;
