package dev.windrow.client.example;

import dev.windrow.client.ClientException;
import dev.windrow.client.ExportClient;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.Patience;
import dev.windrow.client.ProgressListener;
import dev.windrow.client.StartRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The example of the package's Javadoc and of the README, which are held to the lines between the marks. */
final class DownloadReadings {
    private DownloadReadings() {}

    static void download(URI server, Path archive) throws IOException, InterruptedException {
        // begin
        ProgressListener progress = export -> System.out.println(
                export.state().id() + ", " + export.progress().rowsWritten() + " rows");
        ExportClient client = new ExportClient(
                server, System.getenv("WINDROW_API_KEY"), Patience.DEFAULT, Clock.systemUTC(), progress);
        StartRequest readings =
                new StartRequest("sensor-readings", "csv", Map.of("sensor_id", List.of("load")), List.of());
        try {
            // Run again after an interruption, these three resume the same export and fetch only the bytes that are
            // missing.
            ExportStatus begun = client.startOrResume(readings, archive);
            ExportStatus completed = client.await(begun.id());
            client.download(completed, archive, true);
            System.out.println("whole, as its SHA-256 shows: " + archive);
        } catch (ClientException e) {
            System.err.println(e.reason() + ": " + e.getMessage());
        }
        // end
    }
}
