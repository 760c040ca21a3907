package dev.windrow.cli;

import dev.windrow.cli.terminal.ProgressDisplay;
import dev.windrow.client.ExportClient;
import dev.windrow.client.Patience;
import dev.windrow.client.ScheduleClient;
import dev.windrow.client.ServerClient;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The server that a command speaks with, as whom, and where it tells how that goes. */
record Connection(URI server, @Nullable String apiKey, Patience patience, ProgressDisplay display) {
    ServerClient things() {
        return new ServerClient(server, apiKey, patience, clock(), display);
    }

    ExportClient exports() {
        return new ExportClient(server, apiKey, patience, clock(), display);
    }

    ScheduleClient schedules() {
        return new ScheduleClient(server, apiKey, patience, clock(), display);
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }
}
