package dev.windrow.api.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an archive says of its files, read out of the manifest in it a file at a time: however many there are, no more is held than was
 * asked for. It is read from its beginning each time. Belongs to one thread.
 */
public final class ArchiveManifest {
    private static final String NAME = "manifest.json";
    /** A longer one, of very many files, is not read for a single digest. */
    private static final long READ_FOR_A_DIGEST = 1 << 20;

    private final SeekableByteChannel archive;

    /** @param archive which the caller closes */
    public ArchiveManifest(SeekableByteChannel archive) {
        this.archive = archive;
    }

    /** One file; a digest that the manifest does not say is null. */
    public record Described(
            String name, long rows, long bytes, @Nullable String sha256) {}

    /** Whether to go on. */
    @FunctionalInterface
    private interface Visitor {
        boolean visit(Described file);
    }

    /** The files from that index on, at most so many, in the archive's order; none where there is no manifest. */
    public List<Described> files(int from, int most) throws IOException {
        List<Described> files = new ArrayList<>();
        int[] index = {0};
        each(Long.MAX_VALUE, file -> {
            if (index[0]++ >= from) {
                files.add(file);
            }
            return files.size() < most;
        });
        return files;
    }

    /** The digest of one file's plain bytes in hex; empty where the manifest does not say it, or is very long. */
    Optional<String> sha256(String name) throws IOException {
        String[] found = {null};
        each(READ_FOR_A_DIGEST, file -> {
            boolean that = file.name().equals(name);
            found[0] = that ? file.sha256() : null;
            return !that;
        });
        return Optional.ofNullable(found[0]);
    }

    private void each(long longest, Visitor visitor) throws IOException {
        Optional<StoredEntry> manifest = StoredEntry.find(archive, NAME);
        if (manifest.isEmpty() || manifest.get().bytes() > longest) {
            return;
        }
        try (InputStream in = manifest.get().plain();
                JsonParser json = JsonMapper.shared().createParser(in)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean files = json.currentName().equals("files");
                if (json.nextToken() == JsonToken.START_ARRAY && files) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        if (!visitor.visit(file(json))) {
                            return;
                        }
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the manifest can't be read", e);
        }
    }

    private static Described file(JsonParser json) {
        String name = "";
        long rows = 0;
        long bytes = 0;
        String sha256 = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getString();
                case "rows" -> rows = json.getValueAsLong();
                case "bytes" -> bytes = json.getValueAsLong();
                case "sha256" -> sha256 = json.getString();
                default -> json.skipChildren();
            }
        }
        boolean proper = sha256 != null && sha256.matches("[0-9a-f]{64}");
        return new Described(name, rows, bytes, proper ? sha256 : null);
    }
}
