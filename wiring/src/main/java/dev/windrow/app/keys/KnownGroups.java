package dev.windrow.app.keys;

import java.util.Set;

/** The names of groups that the catalog gives a meaning to; a role that is neither theirs nor Windrow's is a slip. */
@FunctionalInterface
public interface KnownGroups {
    /** May be empty. */
    Set<String> names();
}
