/** Forms of exports that callers keep. Entry: {@link dev.windrow.common.preset.Presets}. */
@NullMarked
package dev.windrow.common.preset;

import org.jspecify.annotations.NullMarked;
