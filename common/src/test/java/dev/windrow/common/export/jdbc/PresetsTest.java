package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.preset.Preset;
import dev.windrow.common.preset.jdbc.JdbcPresets;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Presets in the status database. */
class PresetsTest extends EachDatabase {
    private JdbcPresets presets;

    @BeforeEach
    void empty() {
        JdbcClient writer = JdbcClient.create(database.writer());
        writer.sql("delete from presets").update();
        presets = new JdbcPresets(writer, database::reading);
    }

    private <T> T in(Supplier<T> change) {
        return database.transactions().inOne(change, Optional::empty);
    }

    private static Preset preset(String owner, String name, String start) {
        return new Preset(owner, name, "orders", start, NOW, NOW);
    }

    @Test
    void keepsOneOfANameForEachOwner() {
        Preset first = preset("bob", "تقرير شهري 🗓", "{\"dataset\":\"orders\",\"fileName\":\"\\u0000'\"}");
        assertThat(in(() -> presets.add(first))).isTrue();
        assertThat(in(() -> presets.add(preset("bob", first.name(), "{}")))).isFalse();
        assertThat(in(() -> presets.add(preset("eve", first.name(), "{}")))).isTrue();

        assertThat(presets.find("bob", first.name())).contains(first);
        assertThat(presets.list("bob")).containsExactly(first);
        assertThat(presets.find("bob", "another")).isEmpty();
        assertThat(presets.list("mallory")).isEmpty();
    }

    @Test
    void changesWhatItStartsAndNotWhenItWasMade() {
        assertThat(in(() -> presets.change(preset("bob", "a", "{}")))).isFalse();
        in(() -> presets.add(preset("bob", "a", "{}")));
        in(() -> presets.add(preset("eve", "a", "{}")));

        Preset changed = new Preset("bob", "a", "people", "[]", NOW.plusSeconds(9), NOW.plusSeconds(9));
        assertThat(in(() -> presets.change(changed))).isTrue();

        assertThat(presets.find("bob", "a")).contains(new Preset("bob", "a", "people", "[]", NOW, NOW.plusSeconds(9)));
        assertThat(presets.find("eve", "a")).contains(preset("eve", "a", "{}"));
    }

    @Test
    void countsWithinATransactionWhatThatHasAdded() {
        in(() -> presets.add(preset("bob", "a", "{}")));
        int within = in(() -> {
            presets.add(preset("bob", "b", "{}"));
            return presets.count("bob");
        });

        assertThat(within).isEqualTo(2);
        assertThat(presets.count("eve")).isZero();
    }

    @Test
    void forgetsTheOwnersAlone() {
        in(() -> presets.add(preset("bob", "a", "{}")));

        assertThat(in(() -> presets.remove("eve", "a"))).isFalse();
        assertThat(in(() -> presets.remove("bob", "a"))).isTrue();
        assertThat(in(() -> presets.remove("bob", "a"))).isFalse();
        assertThat(presets.list("bob")).isEmpty();
    }

    @Test
    void changesNothingOutsideATransaction() {
        assertThatThrownBy(() -> presets.add(preset("bob", "a", "{}"))).isInstanceOf(IllegalStateException.class);
    }
}
