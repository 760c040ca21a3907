package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/** The name that a folder of artifacts keeps in itself: who sees the same name sees the same files. */
final class StoreName {
    private static final String FILE = ".store";

    private StoreName() {}

    /** Made by whoever comes first. */
    static String of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            make(folder, file);
        }
        return Files.readString(file).strip();
    }

    /** Whether the folder has that name at this moment. */
    static boolean isOf(Path folder, String name) throws IOException {
        try {
            return Files.readString(folder.resolve(FILE)).strip().equals(name);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whole or not there at all: written under another name, and linked, which fails where somebody was first. */
    private static void make(Path folder, Path file) throws IOException {
        String name = UUID.randomUUID().toString();
        Path drafted = folder.resolve(FILE + "-" + name);
        try {
            try (FileChannel channel = FileChannel.open(
                    drafted, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file())) {
                channel.write(StandardCharsets.UTF_8.encode(name + "\n"));
                channel.force(true);
            }
            Files.createLink(file, drafted);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.deleteIfExists(drafted);
        }
        PrivateFolder.sync(folder);
    }
}
