package dev.windrow.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a download leaves beside its target until it is complete: {@code .part}, the bytes so far, and
 * {@code .part.json}, which export they are of and what was asked for, so that the same command can go on.
 */
final class PartialDownload {
    private final Path target;
    private final Path notes;

    PartialDownload(Path target) {
        this.target = target.toAbsolutePath();
        notes = beside(".part.json");
    }

    Path target() {
        return target;
    }

    Path bytes() {
        return beside(".part");
    }

    /** The export that an earlier command with the same request began for this target. */
    Optional<String> exportOf(URI server, JsonNode request) throws IOException {
        ObjectNode known = read();
        boolean same = known.path("server").asString("").equals(server.toString())
                && known.path("request").equals(Json.read(Json.write(request)));
        String id = known.path("export").asString("");
        return same && id.matches("[A-Za-z0-9_-]{1,100}") ? Optional.of(id) : Optional.empty();
    }

    /** The validator of the bytes so far, if they are of this export. */
    Optional<String> etagOf(String export) throws IOException {
        ObjectNode known = read();
        boolean same = known.path("export").asString("").equals(export);
        return same ? Optional.of(known.path("etag").asString("")).filter(etag -> !etag.isEmpty()) : Optional.empty();
    }

    void remember(URI server, JsonNode request, String export) throws IOException {
        ObjectNode known = Json.object();
        known.put("server", server.toString());
        known.put("export", export);
        known.set("request", request);
        write(known);
    }

    void rememberEtag(String export, String etag) throws IOException {
        ObjectNode known = read();
        known.put("export", export);
        known.put("etag", etag);
        write(known);
    }

    /** Nothing of it is left but the target, if there is one. */
    void forget() throws IOException {
        Files.deleteIfExists(bytes());
        Files.deleteIfExists(notes);
    }

    private ObjectNode read() throws IOException {
        try {
            return Json.read(Files.readAllBytes(notes)) instanceof ObjectNode known ? known : Json.object();
        } catch (NoSuchFileException | JacksonException e) {
            return Json.object();
        }
    }

    private void write(ObjectNode known) throws IOException {
        Files.write(notes, Json.write(known));
    }

    private Path beside(String extension) {
        return target.resolveSibling(target.getFileName() + extension);
    }
}
