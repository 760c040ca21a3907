/**
 * API keys: what they look like, whom they stand for, and for how long. Entry:
 * {@link dev.windrow.api.access.key.ApiKeys}.
 */
@NullMarked
package dev.windrow.api.access.key;

import org.jspecify.annotations.NullMarked;
