package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.AsRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A disk whose power can be cut: an ext4 in a file. The kernel then forgets what has not reached that file, of data as
 * of its journal, which is what a machine without power forgets. Needs Linux, e2fsprogs and python3: see
 * {@link AsRoot}.
 */
final class CutDisk implements AutoCloseable {
    private static final String WHAT = "power cuts";
    private static final long BYTES = 192L << 20;
    /** EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32), with EXT4_GOING_FLAGS_NOLOGFLUSH, 2: linux/ext4.h. */
    private static final String SHUTDOWN = "import fcntl, os, struct, sys; "
            + "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";

    private final Path folder;
    private final Path image;
    private boolean mounted;

    private CutDisk(Path folder, Path image) {
        this.folder = folder;
        this.image = image;
    }

    /** @param folder where it is mounted; not there yet */
    static CutDisk on(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path image = folder.resolveSibling("disk.ext4");
        try (var sparse = Files.newByteChannel(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.position(BYTES - 1);
            sparse.write(ByteBuffer.allocate(1));
        }
        // The root folder is the caller's, who need not be root.
        AsRoot.runOrSkip(WHAT, "mkfs.ext4", "-q", "-E", "root_owner", image.toString());
        CutDisk disk = new CutDisk(folder, image);
        AsRoot.runOrSkip(WHAT, "mount", "-o", "loop", image.toString(), folder.toString());
        disk.mounted = true;
        return disk;
    }

    /** From here on nothing more gets to the disk, and every call on its files fails. */
    void cut() throws InterruptedException {
        AsRoot.runOrSkip(WHAT, "python3", "-c", SHUTDOWN, folder.toString());
    }

    /** Power is back: whoever had files open is gone. */
    void mountAgain() throws InterruptedException {
        assertThat(AsRoot.run("umount", folder.toString())).isEmpty();
        mounted = false;
        assertThat(AsRoot.run("mount", "-o", "loop", image.toString(), folder.toString()))
                .isEmpty();
        mounted = true;
    }

    /** Lazily, since a server that a failed test has left may still have files open. */
    @Override
    public void close() throws InterruptedException {
        if (mounted) {
            assertThat(AsRoot.run("umount", "-l", folder.toString())).isEmpty();
            mounted = false;
        }
    }
}
