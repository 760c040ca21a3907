package dev.windrow.worker.archive;

import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.manifest.Manifest;
import dev.windrow.common.manifest.ManifestFile;
import dev.windrow.common.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Checks a finished archive, wherever it came from, against the manifest in it. Reads all of it. Not thread-safe. */
public final class ArchiveCheck {
    private static final int STEP = 1 << 16;

    private final List<String> faults = new ArrayList<>();
    private int files;
    private long rows;
    private @Nullable String engine;

    private ArchiveCheck() {}

    /**
     * What was found.
     *
     * @param files entries that were compared, those that describe the others not counted
     * @param rows that the manifest says they hold
     * @param engine what made it, as {@link Engine} names it; null when the manifest has no proper name of one
     * @param faults one sentence each; empty when the archive is what its manifest says
     */
    public record Verdict(int files, long rows, @Nullable String engine, List<String> faults) {
        public Verdict {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Reads an archive.
     *
     * @throws IOException when the file can't be read or is no ZIP archive
     */
    public static Verdict of(Path file) throws IOException {
        ArchiveCheck check = new ArchiveCheck();
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            check.run(zip);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no ZIP archive", e);
        }
        return new Verdict(check.files, check.rows, check.engine, check.faults);
    }

    private void run(ZipFile zip) throws IOException {
        Map<String, ManifestFile> described = manifest(zip);
        if (described == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String name = entry.getName();
            ManifestFile file = described.remove(name);
            if (!seen.add(name)) {
                faults.add(name + ": it is in the archive twice");
            } else if (!EntryName.isAllowed(name)) {
                faults.add(name + ": it is no safe name");
            } else if (file != null) {
                compare(zip, entry, file);
            } else if (name.equals(Manifest.DATA_PACKAGE)) {
                checkCrc(zip, entry);
            } else if (!name.equals(Manifest.NAME)) {
                faults.add(name + ": it is not in the manifest");
            }
        }
        described.keySet().forEach(name -> faults.add(name + ": it is in the manifest, and not in the archive"));
    }

    /** The manifest's files by name; null when there is no proper manifest. */
    private @Nullable Map<String, ManifestFile> manifest(ZipFile zip) {
        ZipArchiveEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            faults.add("there is no " + Manifest.NAME);
            return null;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            // Nothing else vouches for what it says of the export itself.
            checkCrc(entry, new Content(in).crc);
        } catch (IOException e) {
            faults.add(Manifest.NAME + ": it can't be read");
            return null;
        }
        try (ManifestReader reader = new ManifestReader(zip.getInputStream(entry))) {
            Map<String, ManifestFile> files = new HashMap<>();
            for (ManifestFile file = reader.next(); file != null; file = reader.next()) {
                files.put(file.name(), file);
            }
            String named = reader.engine();
            // It is shown on terminals, and comes from anywhere.
            engine = named != null && named.matches("[!-~]{1,100}") ? named : null;
            return files;
        } catch (IOException e) {
            faults.add(Manifest.NAME + ": it can't be read");
            return null;
        }
    }

    /** The manifest says nothing of it, and an older archive has none. */
    private void checkCrc(ZipFile zip, ZipArchiveEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            checkCrc(entry, new Content(in).crc);
        } catch (IOException e) {
            faults.add(entry.getName() + ": it can't be read (" + e.getMessage() + ")");
        }
    }

    private void compare(ZipFile zip, ZipArchiveEntry entry, ManifestFile said) {
        files++;
        rows += Math.max(0, said.rows());
        String name = entry.getName();
        try (InputStream in = zip.getInputStream(entry)) {
            Content content = new Content(in);
            check(name, "bytes", number(said.bytes()), Long.toString(content.bytes));
            checkCrc(entry, content.crc);
            check(name, "SHA-256", Objects.requireNonNullElse(said.sha256(), ""), content.sha256);
            boolean attachment = said.columns().isEmpty();
            if (!attachment && name.endsWith(".ndjson")) {
                check(name, "rows", number(said.rows()), Long.toString(content.lines));
            } else if (!attachment && name.endsWith(".csv")) {
                check(name, "rows", number(said.rows()), Long.toString(content.records - 1));
            }
        } catch (IOException e) {
            faults.add(name + ": it can't be read (" + e.getMessage() + ")");
        }
    }

    private void checkCrc(ZipArchiveEntry entry, CRC32 found) {
        if (found.getValue() != entry.getCrc()) {
            faults.add(entry.getName() + ": CRC-32 " + Long.toHexString(found.getValue())
                    + ", and the archive's directory says " + Long.toHexString(entry.getCrc()));
        }
    }

    private static String number(long said) {
        return said == ManifestFile.UNSAID ? "" : Long.toString(said);
    }

    private void check(String name, String what, String said, String found) {
        if (!said.equals(found)) {
            faults.add(name + ": " + what + " " + found + ", and the manifest says " + said);
        }
    }

    /** What one entry holds. */
    private static final class Content {
        private long bytes;
        private long lines;

        /** Line ends outside of quotes. */
        private long records;

        private final CRC32 crc = new CRC32();
        private final String sha256;

        Content(InputStream in) throws IOException {
            Sha256 digest = new Sha256();
            byte[] buffer = new byte[STEP];
            boolean quoted = false;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                crc.update(buffer, 0, read);
                bytes += read;
                for (int i = 0; i < read; i++) {
                    quoted ^= buffer[i] == '"';
                    lines += buffer[i] == '\n' ? 1 : 0;
                    records += buffer[i] == '\n' && !quoted ? 1 : 0;
                }
            }
            sha256 = digest.hex();
        }
    }
}
