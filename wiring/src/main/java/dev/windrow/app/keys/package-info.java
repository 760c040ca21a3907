/** The API keys of settings and file. Entry: {@link dev.windrow.app.keys.KeySources}. */
@NullMarked
package dev.windrow.app.keys;

import org.jspecify.annotations.NullMarked;
