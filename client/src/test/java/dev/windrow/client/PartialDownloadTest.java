package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialDownloadTest {
    private static final URI SERVER = URI.create("http://127.0.0.1:1");
    private static final int ROUNDS = 3_000;

    @TempDir
    Path folder;

    private PartialDownload partial;

    @BeforeEach
    void name() {
        partial = new PartialDownload(folder.resolve("out.zip"));
    }

    /** Else the same request would get the other export's archive. */
    @Test
    void forgetsTheRequestWhereAnotherExportIsDownloaded() throws Exception {
        partial.remember(SERVER, Json.object().put("dataset", "a"), "one");
        partial.rememberEtag("one", "x");
        assertThat(partial.exportOf(SERVER, Json.object().put("dataset", "a"))).contains("one");
        partial.rememberEtag("two", "y");
        assertThat(partial.exportOf(SERVER, Json.object().put("dataset", "a"))).isEmpty();
        assertThat(partial.etagOf("two")).contains("y");
    }

    /** One takes its turn while the other ends, which has moved the file onto the target then. */
    @Test
    void isNeverTheTarget() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> truncateAgainAndAgain(over));
        try {
            for (int i = 0; i < ROUNDS; i++) {
                try (FileChannel file = partial.open()) {
                    file.truncate(0).write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
                    partial.publish();
                } catch (ClientException theOthersTurn) {
                    Thread.onSpinWait();
                    continue;
                }
                assertThat(partial.target()).as("round %d", i).hasBinaryContent(new byte[] {1, 2, 3});
            }
        } finally {
            over.set(true);
            other.join();
        }
    }

    private void truncateAgainAndAgain(AtomicBoolean over) {
        while (!over.get()) {
            try (FileChannel file = partial.open()) {
                file.truncate(0);
            } catch (ClientException theOthersTurn) {
                Thread.onSpinWait();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
