package dev.windrow.worker.sweep;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where files of one kind lie, by their names. Its text names it for people. */
interface Place {
    List<String> names() throws IOException;

    /** Empty where files are not local, and of one that is gone. */
    Optional<Path> file(String name);

    /** Whether what nobody knows is left where it is, for a person, since it may be another's. */
    boolean leavesUnknown();

    /** Whose file it is, by its name; empty for a stranger's. */
    Optional<Claim> writer(String name);

    boolean isNeeded(String name, Claim writer, Export export);

    void remove(String name) throws IOException;
}
