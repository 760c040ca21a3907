package dev.windrow.client;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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

    /**
     * Opens the bytes so far for this download alone: closing them lets the next one in. Whoever moves or deletes them
     * does it before.
     *
     * @throws ClientException if another download has them open, in this process or another
     */
    FileChannel open() throws ClientException, IOException {
        while (true) {
            Object before = identity();
            FileChannel file = FileChannel.open(
                    bytes(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean isOurs = false;
            try {
                lock(file);
                // Who had it until now may have moved it onto the target meanwhile, where nobody writes any more.
                isOurs = before.equals(identity());
            } finally {
                if (!isOurs) {
                    file.close();
                }
            }
            if (isOurs) {
                return file;
            }
        }
    }

    private void lock(FileChannel file) throws ClientException, IOException {
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw ClientException.failed(
                    "Another command writes " + bytes() + "; wait for it to end, or give another file to write to");
        }
    }

    /** Which file it is that has the name now; systems that can't tell say that it is always the same. */
    private Object identity() throws IOException {
        try {
            Object key =
                    Files.readAttributes(bytes(), BasicFileAttributes.class).fileKey();
            return key == null ? "a file" : key;
        } catch (NoSuchFileException e) {
            return "none";
        }
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
        if (!known.path("export").asString("").equals(export)) {
            // What was asked for there led to another export.
            known = Json.object();
        }
        known.put("export", export);
        known.put("etag", etag);
        write(known);
    }

    /** Puts the bytes, which are whole, in the target's place. */
    void publish() throws IOException {
        Files.move(bytes(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(notes);
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
