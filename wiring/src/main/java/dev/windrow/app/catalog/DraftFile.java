package dev.windrow.app.catalog;

import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.catalog.yaml.LoadedCatalog;
import dev.windrow.common.source.jdbc.connect.Drivers;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.draft.CatalogDraft;
import dev.windrow.common.source.jdbc.draft.CatalogDrafter;
import dev.windrow.common.source.jdbc.draft.DraftedSource;
import dev.windrow.worker.encode.Encoders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A draft of a catalog, and what becomes of it. Immutable.
 *
 * @param source the database that it was drafted from
 */
public record DraftFile(DraftedSource source, CatalogDraft draft) {
    private static final int MOST_SHOWN = 20;

    /**
     * Drafts the catalog of a database.
     *
     * @param url JDBC, perhaps with a user and a password
     * @param folder that the catalog will be in
     * @throws IllegalArgumentException for an URL that can't be one of a catalog; the message is for whoever wrote it
     * @throws InspectionException for a database that can't be reached or has nothing that can be drafted; likewise
     */
    public static DraftFile of(String url, Path folder) throws InspectionException {
        Drivers.load(drivers());
        DraftedSource source = DraftedSource.of(url, folder, System::getenv);
        try (SourceConnections connections = new SourceConnections()) {
            CatalogDraft draft = new CatalogDrafter(connections, Encoders.available()).draft(source);
            if (draft.datasets().isEmpty()) {
                throw new InspectionException("no table or view can be exported"
                        + (draft.omitted().isEmpty()
                                ? ": none is seen; check the database, its schema and what its user may read"
                                : ":\n" + String.join("\n", listed(draft.omitted()))));
            }
            return new DraftFile(source, draft);
        } catch (InspectionException e) {
            throw new InspectionException(source.redact(String.valueOf(e.getMessage())), e);
        }
    }

    /** What the catalog's variables are, where the URL said it. */
    public CatalogEnvironment environment() {
        return new CatalogEnvironment(source.secrets());
    }

    /**
     * Writes it whole or not at all.
     *
     * @param replace whether another file may be in its place
     * @throws java.nio.file.FileAlreadyExistsException if one is and may not
     */
    public void write(Path file, boolean replace) throws IOException {
        byte[] bytes = draft.text().getBytes(StandardCharsets.UTF_8);
        if (!replace) {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(folder, ".catalog", ".tmp");
        try {
            Files.write(written, bytes);
            // A server that reads it again at this moment finds the one or the other.
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** What a start would say of the file that was written. */
    public LoadedCatalog check(Path file) throws InvalidCatalogException {
        try (SourceConnections connections = new SourceConnections()) {
            return Catalogs.read(file, connections, environment());
        }
    }

    /** What is not in it, each with its reason; of very many the first. */
    public List<String> omitted() {
        return listed(draft.omitted());
    }

    private static List<String> listed(List<String> omitted) {
        List<String> shown = new ArrayList<>(
                omitted.stream().limit(MOST_SHOWN).map("  "::concat).toList());
        if (omitted.size() > MOST_SHOWN) {
            shown.add("  and " + (omitted.size() - MOST_SHOWN) + " more, which the file names");
        }
        return shown;
    }

    /** That of the server, as far as the environment says where it is. */
    private static Path drivers() {
        String named = System.getenv("WINDROW_DRIVERS");
        return named == null
                ? Path.of(Objects.requireNonNullElse(System.getenv("WINDROW_HOME"), "windrow-data"), "drivers")
                : Path.of(named);
    }
}
