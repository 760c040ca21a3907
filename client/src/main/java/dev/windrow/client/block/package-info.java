/**
 * What an earlier archive has of a later one: which stretches it consists of, and how the later one is put together of
 * these and of what has to be fetched. Entry: {@link dev.windrow.client.block.Recipe}.
 */
@NullMarked
package dev.windrow.client.block;

import org.jspecify.annotations.NullMarked;
