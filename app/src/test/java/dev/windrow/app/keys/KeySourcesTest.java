package dev.windrow.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.key.ApiKey;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.access.key.KeyText;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.testkit.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeySourcesTest {
    private static final Map<String, Object> FIXED = Map.of("name", "fixed", "sha256", KeyText.sha256("fixed"));

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T00:00:00Z"));
    private final ApiKeys keys = new ApiKeys(clock);
    private Path file;

    @BeforeEach
    void makeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("keys.yaml"), entry("one"));
    }

    @Test
    void areSettingsAndFileTogether() {
        sources();
        assertThat(names()).containsExactly("fixed", "one");
    }

    @Test
    void takeAContentThatWasReadTwice() throws IOException {
        KeySources sources = sources();
        Files.writeString(file, "");
        sources.look();
        assertThat(names()).as("somebody may be writing it").containsExactly("fixed", "one");
        Files.writeString(file, entry("two"));
        sources.look();
        assertThat(names()).containsExactly("fixed", "one");
        sources.look();
        assertThat(names()).containsExactly("fixed", "two");
        Files.writeString(file, "# none left");
        sources.look();
        sources.look();
        assertThat(names()).containsExactly("fixed");
    }

    @Test
    void goOnWithWhatTheyHadWhileTheFileIsBrokenOrGone() throws IOException {
        KeySources sources = sources();
        for (String broken :
                List.of("- {", "name: x", entry("x") + "  role: admin\n", entry("x") + entry("x"), "- [a]")) {
            Files.writeString(file, broken);
            sources.look();
            sources.look();
            assertThat(names()).as(broken).containsExactly("fixed", "one");
        }
        Files.write(file, new byte[] {'-', ' ', (byte) 0xff});
        sources.look();
        sources.look();
        assertThat(names()).containsExactly("fixed", "one");
        Files.writeString(file, entry("fixed"));
        sources.look();
        sources.look();
        assertThat(names()).as("the key of the settings").containsExactly("fixed", "one");
        Files.delete(file);
        sources.look();
        sources.look();
        assertThat(names()).containsExactly("fixed", "one");
        Files.writeString(file, entry("two"));
        sources.look();
        sources.look();
        assertThat(names()).containsExactly("fixed", "two");
    }

    @Test
    void refuseTheStartForWhatIsWrong() throws IOException {
        Files.writeString(file, entry("one") + entry("one"));
        assertThatThrownBy(this::sources)
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("keys.yaml:3:")
                .hasMessageContaining("the same sha256 as in line 1");
        Files.writeString(file, entry("fixed"));
        assertThatThrownBy(this::sources)
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("have the same sha256");
    }

    @Test
    void areReadInTheThousands() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            all.append(entry("key-" + i));
        }
        Files.writeString(file, all);
        sources();
        assertThat(keys.all()).hasSize(10_001);
        assertThat(keys.read("key-9999", null).name()).isEqualTo("key-9999");
    }

    @Test
    void areMeasuredFromFourteenDaysBeforeTheirEnd() throws IOException {
        Files.writeString(file, entry("ends") + "  expires: 2026-06-20\n" + entry("stays"));
        sources();
        MeterRegistry meters = new SimpleMeterRegistry();
        KeyNotices notices = new KeyNotices(keys, clock);
        notices.bindTo(meters);
        assertThat(meters.find("windrow.key.expires.seconds").gauges()).isEmpty();
        clock.set(Instant.parse("2026-06-06T00:00:01Z"));
        notices.measure();
        assertThat(meters.get("windrow.key.expires.seconds")
                        .tag("key", "ends")
                        .gauge()
                        .value())
                .isEqualTo(Duration.ofDays(14).toSeconds() - 1.0);
        clock.set(Instant.parse("2026-06-20T00:01:00Z"));
        assertThat(meters.get("windrow.key.expires.seconds").gauge().value()).isEqualTo(-60);
    }

    private KeySources sources() {
        return new KeySources(keys, List.of(FIXED), file, Set::of);
    }

    private List<String> names() {
        return keys.all().stream().map(ApiKey::name).sorted().toList();
    }

    private static String entry(String name) {
        return "- name: " + name + "\n  sha256: " + KeyText.sha256(name) + "\n";
    }
}
