package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "\"a\"|true|true",
                "W/\"a\"|true|false",
                "*|true|true",
                "\"b\", \"a\"|true|true",
                "\"b\",W/\"a\"|true|false",
                ", ,\"a\" ,|true|true",
                "\"x,y\", \"a\"|true|true",
                "\"b\"|false|false",
                "\"A\"|false|false",
                "w/\"a\"|false|false",
                "a|false|false",
                "\"a|false|false",
                "\"b\" \"a\"|false|false",
                ",|false|false",
                "\"*\"|false|false",
            })
    void looksForATagInAList(String header, boolean weakly, boolean strongly) {
        assertThat(EntityTags.matchesWeakly(List.of(header), "\"a\"")).isEqualTo(weakly);
        assertThat(EntityTags.matchesStrongly(List.of(header), "\"a\"")).isEqualTo(strongly);
    }

    @Test
    void readsSeveralLinesAsOneList() {
        assertThat(EntityTags.matchesWeakly(List.of("\"b\"", "\"a\""), "\"a\"")).isTrue();
        assertThat(EntityTags.matchesWeakly(List.of(), "\"a\"")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{}"})
    void makesTagsThatAreOnesAndTellBodiesApart(String body) {
        String tag = EntityTags.strong(body.getBytes(StandardCharsets.UTF_8));
        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(EntityTags.strong(new byte[] {1})).isNotEqualTo(tag);
    }
}
