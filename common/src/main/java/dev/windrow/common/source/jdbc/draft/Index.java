package dev.windrow.common.source.jdbc.draft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index over columns.
 *
 * @param columns in its order; an expression is null, or in no table's list of columns
 */
record Index(boolean unique, List<@Nullable String> columns) {}
