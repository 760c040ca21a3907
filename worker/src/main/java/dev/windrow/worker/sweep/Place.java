package dev.windrow.worker.sweep;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where files of one kind lie, by their names; not on this machine and not for this home alone, unless it says so. Its
 * text names it for people.
 */
interface Place {
    List<String> names() throws IOException;

    /** Empty where files are not local, and of one that is gone. */
    default Optional<Path> file(String name) {
        return Optional.empty();
    }

    /** Whether what nobody knows is left where it is, for a person, since it may be another's. */
    default boolean leavesUnknown() {
        return true;
    }

    /** Whose file it is, by its name; empty for a stranger's. */
    Optional<Claim> writer(String name);

    boolean isNeeded(String name, Claim writer, Export export);

    void remove(String name) throws IOException;
}
