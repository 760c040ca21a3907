package dev.windrow.cli.crash;

import dev.windrow.client.ClientException;
import dev.windrow.client.ExportClient;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.Patience;
import dev.windrow.client.StartRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial's export on a server that may be gone at any moment: each call is one try, with no patience. Belongs to one
 * thread.
 */
final class SampleExport {
    private final ExportClient client;
    private final Path download;
    private String id = "";

    /** @param download where the archive is downloaded to, for a moment */
    SampleExport(int port, Path download) {
        URI server = URI.create("http://127.0.0.1:" + port);
        this.client = new ExportClient(server, null, Patience.NONE, Clock.systemUTC(), status -> {});
        this.download = download;
    }

    /** Whether there is a server that is ready. */
    boolean isServed() throws InterruptedException {
        return client.isReady();
    }

    /** Starts the export of the sample's readings and returns its id. */
    String begin() throws InterruptedException, FailedTrialException {
        StartRequest request =
                new StartRequest("sensor-readings", "csv", Map.of("sensor_id", List.of("load")), List.of());
        try {
            id = client.start(request).id();
            return id;
        } catch (ClientException e) {
            throw new FailedTrialException("The export was not started: " + e.getMessage());
        }
    }

    /** One look; empty when nobody answers, or not with an export. */
    Optional<ExportStatus> look() throws InterruptedException {
        try {
            return Optional.of(client.look(id));
        } catch (ClientException e) {
            return Optional.empty();
        }
    }

    /** Whether the archive can be downloaded and is the one that the status tells of. */
    boolean isDownloadedWhole(ExportStatus completed) throws IOException, InterruptedException {
        try {
            client.download(completed, download, true);
            return true;
        } catch (ClientException e) {
            return false;
        } finally {
            Files.deleteIfExists(download);
        }
    }

    /** The digest that the status tells of, in hexadecimal digits; empty without an archive. */
    static String sha256(ExportStatus status) {
        return status.archive() == null ? "" : status.archive().sha256();
    }
}
