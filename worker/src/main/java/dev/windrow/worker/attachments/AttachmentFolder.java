package dev.windrow.worker.attachments;

import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.SafeName;
import dev.windrow.common.source.RowSelection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that attachments lie in. Nothing outside it is ever opened, whatever a path says and wherever a link
 * leads. Belongs to the run's thread.
 */
public final class AttachmentFolder implements AutoCloseable {
    /** A disk that sleeps, or one in a network, may take a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What is compressed already: deflating it costs time and saves nothing. */
    private static final Set<String> COMPRESSED = Set.of(
            "jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "heif", "jxl", "mp4", "m4v", "m4a", "mov", "mkv",
            "webm", "avi", "mp3", "ogg", "oga", "ogv", "opus", "flac", "aac", "wma", "wmv", "zip", "gz", "tgz", "bz2",
            "xz", "zst", "7z", "rar", "jar", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "apk", "woff",
            "woff2", "br", "lz4");

    private final Path root;
    private final List<String> rootNames = new ArrayList<>();
    private final PatientOpener opener;

    /**
     * @param root absolute and without {@code ..}; may be a link itself
     * @param hardLinks whether files that have other names besides are opened
     * @param patience how long a file may take to open
     */
    public AttachmentFolder(Path root, boolean hardLinks, Duration patience) {
        this.root = root;
        root.forEach(name -> rootNames.add(name.toString()));
        this.opener = new PatientOpener(() -> openRoot(root, hardLinks), patience);
    }

    /**
     * The root, by the safest way that the system has.
     *
     * @param root may be a link itself: it is the operator's own
     * @param hardLinks whether files that have other names besides are opened
     */
    // The folder closes the stream.
    @SuppressWarnings("StreamResourceLeak")
    private static OpenFolder openRoot(Path root, boolean hardLinks) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure && Descriptors.areShown()) {
            return new LinklessFolder(secure, hardLinks);
        }
        stream.close();
        return new NamedFolder(root, hardLinks);
    }

    /** The folder that the attachments of a file lie in, as its catalog says. */
    public static AttachmentFolder of(RowSelection selection) {
        FileForm form = selection.file().form();
        return new AttachmentFolder(Objects.requireNonNull(form.root(), "root"), form.hardLinks(), PATIENCE);
    }

    /** Whether a file of that name is compressed already. */
    public static boolean isCompressed(String name) {
        return COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Opens a file below the root.
     *
     * @return null when it is not there, is no plain file, may not be read, lies outside, or may not be opened for
     *     its links
     * @throws IOException when that can't be told, as the root is out of reach, too many files are open, or it
     *     takes too long
     */
    public @Nullable FileChannel open(String path) throws IOException {
        List<String> names = below(path);
        return names == null ? null : opener.open(paths(names));
    }

    /**
     * The names of a path's folders below the root, and of its file, by its words alone: {@code sub/../x} is {@code x},
     * whatever {@code sub} is.
     *
     * @return null when the path leads out of the root, or is none
     */
    public @Nullable List<String> below(String path) {
        if (path.startsWith("/")) {
            return null;
        }
        List<String> names = new ArrayList<>(rootNames);
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && names.isEmpty()) {
                return null;
            } else if (name.equals("..")) {
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        int from = rootNames.size();
        boolean below = names.size() > from && names.subList(0, from).equals(rootNames);
        List<String> rest = below ? List.copyOf(names.subList(from, names.size())) : List.of();
        return below && rest.stream().allMatch(this::isName) ? rest : null;
    }

    /** Whether a file may have that name on this system, where it may be a drive, or hold a separator. */
    private boolean isName(String name) {
        try {
            Path path = root.getFileSystem().getPath(name);
            return !path.isAbsolute()
                    && path.getRoot() == null
                    && path.getNameCount() == 1
                    && name.getBytes(StandardCharsets.UTF_8).length <= SafeName.MOST_BYTES;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<Path> paths(List<String> names) {
        return names.stream().map(name -> root.getFileSystem().getPath(name)).toList();
    }

    @Override
    public void close() {
        opener.close();
    }
}
