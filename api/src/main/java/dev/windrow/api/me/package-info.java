/** Who is calling, as it is told to them. Entry: {@link dev.windrow.api.me.MeConfiguration}. */
@NullMarked
package dev.windrow.api.me;

import org.jspecify.annotations.NullMarked;
