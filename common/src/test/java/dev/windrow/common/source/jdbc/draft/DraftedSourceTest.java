package dev.windrow.common.source.jdbc.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DraftedSourceTest {
    private static final String SECRET = "p@ss:w/rd";

    private static DraftedSource source(String url) {
        return DraftedSource.of(url, Path.of("."), Map.<String, String>of()::get);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example/My-Shop?user=reader&password=p%40ss%3Aw%2Frd&sslmode=require",
                "jdbc:postgresql://reader:p%40ss%3Aw%2Frd@db.example/My-Shop?sslmode=require"
            })
    void takesThePasswordOutOfTheUrl(String url) {
        DraftedSource source = source(url);

        assertThat(source.source().url()).isEqualTo("jdbc:postgresql://db.example/My-Shop?sslmode=require");
        assertThat(source.source().username()).isEqualTo("reader");
        assertThat(source.source().password()).isEqualTo(SECRET);
        assertThat(source.name()).isEqualTo("my-shop");
        assertThat(source.yaml())
                .containsExactly(
                        "url: \"jdbc:postgresql://db.example/My-Shop?sslmode=require\"",
                        "username: \"${MY_SHOP_USER:reader}\"",
                        "password: \"${MY_SHOP_PASSWORD:}\"");
        assertThat(source.secrets()).containsExactly(Map.entry("MY_SHOP_PASSWORD", SECRET));
        assertThat(source.redact("refused for " + SECRET)).isEqualTo("refused for ***");
        assertThat(source).hasToString("source my-shop");
    }

    @Test
    void takesThePasswordOfAClientsKeyOutOfTheUrl() {
        DraftedSource source = source("jdbc:postgresql://db.example/shop?sslkey=k&sslpassword=hush&user=a}b");

        assertThat(source.source().url()).endsWith("?sslkey=k&sslpassword=hush");
        assertThat(source.yaml())
                .contains("url: \"jdbc:postgresql://db.example/shop?sslkey=k&sslpassword=${SHOP_SSLPASSWORD}\"")
                .contains("username: \"${SHOP_USER:}\"");
        assertThat(source.secrets()).containsOnlyKeys("SHOP_SSLPASSWORD", "SHOP_USER");
    }

    @Test
    void asksTheVariablesThatTheCatalogWillAsk() {
        Map<String, String> environment = Map.of("SHOP_USER", "reader", "SHOP_PASSWORD", SECRET);

        DraftedSource source = DraftedSource.of("jdbc:postgresql://db.example/shop", Path.of("."), environment::get);

        assertThat(source.source().username()).isEqualTo("reader");
        assertThat(source.source().password()).isEqualTo(SECRET);
        assertThat(source.secrets()).isEmpty();
        assertThat(source.redact(SECRET)).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/windrow",
                "jdbc:postgresql://h/1st",
                "jdbc:postgresql://h:5432/windrow_prod",
            })
    void givesNoVariableANameThatAServerRefuses(String url) {
        assertThat(source(url).variables()).hasSize(2).allMatch(name -> name.matches("DB_[A-Z0-9_]+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/shop?password=hush&socketFactory=x",
                "jdbc:postgresql://a:hush@h:port/shop",
                "jdbc:postgresql://h/shop?user=a&password=%hush",
                "jdbc:oracle:thin:root/hush@h/shop",
                "jdbc:h2:~/shop;USER=sa;PASSWORD=hush",
                "jdbc:postgresql://h/${HUSH:hush}"
            })
    void refusesWithoutRepeatingASecret(String url) {
        assertThatThrownBy(() -> source(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hush");
    }
}
