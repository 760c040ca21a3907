/**
 * Forms of exports that callers keep under names of theirs. Entry: {@link dev.windrow.api.preset.PresetConfiguration}.
 */
@NullMarked
package dev.windrow.api.preset;

import org.jspecify.annotations.NullMarked;
