/**
 * A catalog drafted from a live schema, for {@code windrow init}. {@link
 * dev.windrow.common.source.jdbc.draft.CatalogDrafter} is the door; nothing here writes a file, or changes a database.
 */
@NullMarked
package dev.windrow.common.source.jdbc.draft;

import org.jspecify.annotations.NullMarked;
