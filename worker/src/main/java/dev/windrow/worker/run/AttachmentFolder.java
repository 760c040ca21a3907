package dev.windrow.worker.run;

import dev.windrow.common.source.RowSelection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder that attachments lie in. Nothing outside it is ever opened, whatever a path says and wherever a link leads. */
record AttachmentFolder(Path root) {
    /** What is compressed already: deflating it costs time and saves nothing. */
    private static final Set<String> COMPRESSED = Set.of(
            "jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "heif", "jxl", "mp4", "m4v", "m4a", "mov", "mkv",
            "webm", "avi", "mp3", "ogg", "oga", "ogv", "opus", "flac", "aac", "wma", "wmv", "zip", "gz", "tgz", "bz2",
            "xz", "zst", "7z", "rar", "jar", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "apk", "woff",
            "woff2", "br", "lz4");

    static AttachmentFolder of(RowSelection selection) {
        return new AttachmentFolder(
                Objects.requireNonNull(selection.file().form().root(), "root"));
    }

    /** Whether a file of that name is compressed already. */
    static boolean isCompressed(String name) {
        return COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Opens a file below the root; null when it is not there, is no plain file, may not be read, or lies outside. */
    @Nullable FileChannel open(String path) {
        if (path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0) {
            return null;
        }
        try {
            Path said = root.resolve(path).normalize();
            if (!said.startsWith(root)) {
                return null;
            }
            Path real = said.toRealPath();
            boolean below = real.startsWith(root.toRealPath());
            // A special file might never answer, so it is looked at before it is opened.
            return below && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
                    ? FileChannel.open(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                    : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
