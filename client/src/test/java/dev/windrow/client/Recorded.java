package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a client told, and does what a test asks when it is told. */
final class Recorded implements ProgressListener {
    final List<String> statuses = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    Runnable onStatus = () -> {};
    Runnable onLoss = () -> {};

    @Override
    public void status(ExportStatus status) {
        Double percent = status.progress().percent();
        statuses.add(status.state().id() + (percent == null ? "" : " " + percent));
        onStatus.run();
    }

    @Override
    public void download(long bytes, long total) {
        assertThat(bytes).isBetween(0L, total);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public void lost(String why, Duration delay) {
        onLoss.run();
        ProgressListener.super.lost(why, delay);
    }
}
