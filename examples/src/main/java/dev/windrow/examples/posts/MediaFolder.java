package dev.windrow.examples.posts;

import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.SpacedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files beside the database, each a real image or film that was made a little different. Belongs to one thread. */
final class MediaFolder {
    private static final long SEED = 1;
    private static final List<Kind> KINDS = List.of(
            new Kind("raccoon.png", "image/png", 341, 256),
            new Kind("chessboard_left.jpg", "image/jpeg", 1024, 768),
            new Kind("texture.jpg", "image/jpeg", 128, 128),
            new Kind("clip.avi", "video/x-msvideo", 320, 240),
            new Kind("labeled.png", "image/png", 562, 394));

    private final Path folder;
    private final List<byte[]> originals = new ArrayList<>();
    private final List<String> emoji;
    private int written;

    private record Kind(String file, String type, int width, int height) {}

    /**
     * A file that was written, and what the database says of it.
     *
     * @param alt what stands for it where it can't be seen
     * @param hasThumb whether the database has {@link #thumb} with it
     */
    record Media(
            int number, String cid, Stored file, @Nullable String alt, int width, int height, boolean hasThumb) {
        /** As a post holds it. */
        String embedded() {
            return "{\"$type\": \"app.bsky.embed.images\", \"images\": [{\"alt\": "
                    + SpacedJson.quoted(alt == null ? "" : alt)
                    + ", \"image\": {\"$type\": \"blob\", \"ref\": {\"$link\": \"" + cid + "\"}, \"mimeType\": \""
                    + file.type + "\", \"size\": " + file.size + "}}]}";
        }
    }

    /**
     * The file itself.
     *
     * @param size bytes
     */
    record Stored(String type, String path, int size, String sha256) {}

    /**
     * Empties {@code media/} below the database's folder.
     *
     * @param emoji for the texts that stand for images
     */
    MediaFolder(Path databaseFolder, List<String> emoji) throws IOException {
        this.folder = databaseFolder;
        this.emoji = emoji;
        for (Kind kind : KINDS) {
            originals.add(RealData.bytes("media/" + kind.file));
        }
        Path media = Files.createDirectories(folder.resolve("media"));
        try (Stream<Path> old = Files.walk(media)) {
            for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(media)) {
                    Files.delete(path);
                }
            }
        }
    }

    /** @param post the number of the post that it belongs to */
    Media write(long post) throws IOException {
        int number = written++;
        Kind kind = KINDS.get(number % KINDS.size());
        byte[] bytes = variant(originals.get(number % KINDS.size()), post);
        String cid = Identifiers.content(bytes, "bafkrei");
        String extension = kind.file.substring(kind.file.lastIndexOf('.'));
        String path = "media/" + cid.substring(7, 9) + "/" + cid + extension;
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        String alt = switch (number % 3) {
            case 0 -> null;
            case 1 -> "alt \"" + kind.file + "\", line 1\nline 2 " + emoji.get(number % emoji.size());
            default -> "";
        };
        String sha256 = HexFormat.of().formatHex(Identifiers.sha256(bytes));
        boolean thumb = number % 4 == 0;
        Stored stored = new Stored(kind.type, path, bytes.length, sha256);
        return new Media(number + 1, cid, stored, alt, kind.width, kind.height, thumb);
    }

    /** A small image. */
    byte[] thumb() {
        return originals.get(2);
    }

    /** With bytes at the end that viewers ignore. */
    private static byte[] variant(byte[] original, long post) {
        return ByteBuffer.allocate(original.length + 24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(original)
                .put("\0variant".getBytes(StandardCharsets.US_ASCII))
                .putLong(SEED)
                .putLong(post)
                .array();
    }
}
