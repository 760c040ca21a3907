package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.testkit.Http;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventFeedIT {
    private final ApiServer server = ApiServer.empty();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ExportJson json = new ExportJson(server.exports, server.clock, new JsonAnswers());
    private final ExportId id;
    private final EventFeed feed;
    private Export run;

    EventFeedIT() {
        new Http(server.port()).start("{\"dataset\":\"notes\"}");
        run = server.claim();
        id = run.id();
        feed = new EventFeed(now(), json.deleted(id), 41, nanos::get);
    }

    @Test
    void beginsWithThePresentStateAfterTheLastIdThatWasSeen() {
        assertThat(next())
                .startsWith("event: progress\nid: 42\ndata: {\"id\":\"" + id)
                .endsWith("}\n\n");
        assertThat(next()).isNull();
    }

    @Test
    void sendsTheLatestStateAloneAndNotMoreOftenThanTenTimesASecond() {
        next();
        for (int rows = 1; rows <= 100; rows++) {
            put(rows);
            assertThat(next()).isNull();
        }
        pass(Duration.ofMillis(99));
        assertThat(next()).isNull();
        pass(Duration.ofMillis(1));
        assertThat(next()).contains("id: 43\n", "\"rowsWritten\":100,");
        assertThat(next()).isNull();
        pass(Duration.ofSeconds(1));
        feed.put(Optional.of(now()));
        assertThat(next()).as("nothing has changed").isNull();
    }

    @Test
    void commentsAfterFifteenSeconds() {
        next();
        pass(Duration.ofMillis(14_999));
        assertThat(next()).isNull();
        pass(Duration.ofMillis(1));
        assertThat(next()).isEqualTo(":\n\n");
        assertThat(next()).isNull();
        pass(Duration.ofSeconds(15));
        assertThat(next()).isEqualTo(":\n\n");
    }

    @Test
    void commentsEveryFifteenSecondsAlsoWhereThereAreEvents() {
        next();
        int comments = 0;
        for (int second = 1; second <= 60; second++) {
            pass(Duration.ofSeconds(1));
            put(second);
            assertThat(next()).startsWith("event: progress\n");
            String comment = next();
            assertThat(comment).isEqualTo(second % 15 == 0 ? ":\n\n" : null);
            comments += comment == null ? 0 : 1;
        }
        assertThat(comments).isEqualTo(4);
    }

    @Test
    void endsOnceAndAtOnce() {
        next();
        put(5);
        server.complete(run, new byte[] {1});
        feed.put(Optional.of(now()));
        assertThat(feed.isOver()).isFalse();
        assertThat(next()).startsWith("event: end\nid: 43\n").contains("\"state\":\"completed\"");
        assertThat(feed.isOver()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(next()).isNull();
    }

    @Test
    void saysThatAnExportWasDeleted() {
        next();
        feed.put(Optional.empty());
        assertThat(next()).isEqualTo("event: end\nid: 43\ndata: {\"id\":\"" + id + "\",\"state\":\"deleted\"}\n\n");
    }

    private String next() {
        byte[] next = feed.next();
        return next == null ? null : new String(next, StandardCharsets.UTF_8);
    }

    private void put(long rows) {
        server.progress(run, rows, null, null, 0);
        feed.put(Optional.of(now()));
    }

    private Snapshot now() {
        return new Snapshot(
                server.exports.find(id == null ? run.id() : id, ApiServer.OWNER).orElseThrow(), json);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
