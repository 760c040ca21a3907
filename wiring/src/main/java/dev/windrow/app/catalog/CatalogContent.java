package dev.windrow.app.catalog;

import dev.windrow.common.catalog.yaml.CatalogLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What the files of a catalog are at a moment: their names and every byte. Immutable.
 *
 * @param digest another one for another content
 */
record CatalogContent(String digest) {
    /** @throws IOException when a file or the folder can't be read, or is gone */
    static CatalogContent of(Path fileOrFolder) throws IOException {
        MessageDigest digest = sha256();
        List<Path> files = CatalogLoader.files(fileOrFolder);
        for (Path file : files) {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            byte[] bytes = Files.readAllBytes(file);
            digest.update((byte) 0);
            digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(bytes);
        }
        return new CatalogContent(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
