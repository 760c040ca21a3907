package dev.windrow.worker.attachments;

import dev.windrow.common.thread.DaemonThreads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens files on a thread of its own and waits for it only so long. Java can open nothing without waiting: a pipe that
 * is put in a file's place between the look at it and the opening would hold the run for as long as somebody likes, and
 * so would a server of files that is gone. The thread that hangs is left behind, and ends when what it waits for does;
 * it keeps no process alive. Belongs to one thread.
 */
final class PatientOpener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PatientOpener.class);

    /** Opens the folder. */
    @FunctionalInterface
    interface Opening {
        OpenFolder run() throws IOException;
    }

    private final Opening opening;
    private final Duration patience;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DaemonThreads("attachments"));

    /** The thread's own. */
    private @Nullable OpenFolder folder;

    PatientOpener(Opening opening, Duration patience) {
        this.opening = opening;
        this.patience = patience;
    }

    /**
     * As {@link OpenFolder#open}.
     *
     * @throws IOException also when it takes too long; nothing can be opened after that
     */
    @Nullable FileChannel open(List<Path> names) throws IOException {
        CompletableFuture<@Nullable FileChannel> opened = new CompletableFuture<>();
        thread.execute(() -> open(names, opened));
        return await(opened);
    }

    private void open(List<Path> names, CompletableFuture<@Nullable FileChannel> opened) {
        try {
            if (folder == null) {
                folder = opening.run();
            }
            FileChannel file = folder.open(names);
            if (!opened.complete(file) && file != null) {
                // Nobody waits for it any more.
                file.close();
            }
        } catch (IOException | RuntimeException e) {
            opened.completeExceptionally(e);
        }
    }

    private <T extends @Nullable Object> T await(Future<T> future) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // The run looks at it where it can stop.
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new IOException("it took longer than " + patience.toSeconds() + " s to open", e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException thrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException defect) {
            throw defect;
        }
        return new IOException(cause);
    }

    /** Does not wait for a thread that hangs. */
    @Override
    public void close() {
        thread.execute(this::closeFolder);
        thread.shutdown();
    }

    private void closeFolder() {
        try (OpenFolder open = folder) {
            folder = null;
        } catch (IOException e) {
            log.warn("A folder of attachments can't be closed.", e);
        }
    }
}
