package dev.windrow.app;

import dev.windrow.testkit.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An archive's entries, as the JDK reads them. */
final class ZipText {
    private ZipText() {}

    static Map<String, byte[]> entries(byte[] archive) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** Of the first CSV file. */
    static String digestOfRows(byte[] archive) {
        return entries(archive).entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".csv"))
                .map(entry -> Digests.hex(Digests.sha256(entry.getValue())))
                .findFirst()
                .orElseThrow();
    }
}
