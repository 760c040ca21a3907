package dev.windrow.benchmarks.stretches;

import org.jspecify.annotations.Nullable;

/**
 * A part of a file's rows that anybody can make by itself.
 *
 * @param after the position of the border before its first row; null for the file's first stretch
 * @param bound the position of its last row: a border, or the last row of the export
 * @param last whether the file ends with it
 */
public record Stretch(@Nullable String after, String bound, boolean last) {
    boolean isFirst() {
        return after == null;
    }
}
