package dev.windrow.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageHostsTest {
    private final PageHosts hosts = new PageHosts(List.of("Exports.example", "10.0.0.5", "[fd00::5]"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "localhost.",
                "localhost:",
                "localhost:9",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.255.255.254",
                "[::1]",
                "[::1]:8080",
                "exports.example",
                "EXPORTS.example:443",
                "exports.example.",
                "10.0.0.5:80",
                "[FD00::5]:80"
            })
    void areLoopbackAddressesLocalhostAndTheNamesOfTheSettings(String host) {
        assertThat(hosts.areOf(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":8080",
                ".",
                "..",
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "exports.example.evil.example",
                "evilexports.example",
                "a.localhost",
                "localhost..",
                "localhost:80:80",
                "localhost:evil",
                "localhost@evil.example",
                "evil.example@localhost",
                "localhost/evil",
                " localhost",
                "localhost, evil.example",
                "[::1]evil.example",
                "[::1].evil.example",
                "[::1%lo]",
                "[::1",
                "::1",
                "[::2]",
                "[::ffff:127.0.0.1]",
                "127.1",
                "127.0.0.01",
                "0127.0.0.1",
                "127.0.0.256",
                "127.0.0.1.1",
                "127.0.0.",
                "127.0..1",
                "0x7f.0.0.1",
                "2130706433",
                "0.0.0.0",
                "128.0.0.1",
                "10.0.0.50",
                "\u0661\u0662\u0667.0.0.1"
            })
    void areNothingElse(String host) {
        assertThat(hosts.areOf(host)).isFalse();
        assertThat(new PageHosts(List.of()).areOf(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "*.example",
                "a:80",
                "http://a",
                "a/",
                "a b",
                "a.",
                "me@a",
                "[::1",
                "fd00::5",
                "a,b"
            })
    void takeNoOtherNames(String name) {
        assertThatThrownBy(() -> new PageHosts(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windrow.page.hosts: \"" + name + "\" is no name of a host");
    }

    @Test
    void looksAtNoMoreThanANameCanHave() {
        assertThat(hosts.areOf("a.".repeat(1_000_000))).isFalse();
    }
}
