/**
 * The archive's {@code manifest.json}: what is in an archive, where from, and how to check it. A wire format with one
 * owner: workers write it, the API reads it, and {@code windrow verify} checks an archive against it. Streams on both
 * sides, since it may describe very many files.
 */
@NullMarked
package dev.windrow.common.manifest;

import org.jspecify.annotations.NullMarked;
