package dev.windrow.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageThemeTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    @TempDir
    Path folder;

    private static PageTheme theme(@Nullable Path logo, @Nullable Path css) {
        return new PageTheme(PageNames.USUAL, logo, css, List.of());
    }

    @Test
    void takesAPictureForWhatItIs() throws IOException {
        Path png = Files.write(folder.resolve("shop.PNG"), PNG);
        assertThat(theme(png, null).logo().orElseThrow().type()).hasToString("image/png");
        Path svg = Files.writeString(folder.resolve("shop.svg"), "<?xml version='1.0'?><svg/>");
        assertThat(theme(svg, null).logo().orElseThrow().type()).hasToString("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.svg", "shop.gif", "shop", "page.html"})
    void refusesWhatIsNoPictureOfItsKind(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), "GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> theme(file, null))
                .withMessageStartingWith("windrow.page.logo: ")
                .withMessageEndingWith("; give an SVG (.svg) or a PNG (.png)");
        Path shortPng = Files.write(folder.resolve("short.png"), new byte[] {(byte) 0x89, 'P'});
        assertThatIllegalArgumentException().isThrownBy(() -> theme(shortPng, null));
    }

    @Test
    void refusesFilesThatAreNotThereNoTextOrLarge() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> theme(null, folder))
                .withMessageEndingWith("correct the path");
        Path latin = Files.write(folder.resolve("latin.css"), new byte[] {'a', (byte) 0xe4});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> theme(null, latin))
                .withMessageEndingWith("is not UTF-8; save it as UTF-8");
        Path large = Files.write(folder.resolve("large.css"), new byte[256 * 1024 + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> theme(null, large))
                .withMessageContaining("more than 256 KiB");
        assertThat(theme(null, Files.write(folder.resolve("fits.css"), new byte[256 * 1024]))
                        .css())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "/shop",
                "https://ann:secret@shop.example/",
                "https:///",
                "shop.example",
                "https://shop.example/a b"
            })
    void refusesAWayBackThatIsNoAddress(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageNames(null, url, "Back"))
                .withMessageContaining("windrow.page.back.url is not the address of a page")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret"));
    }

    @Test
    void takesANameInAnyScript() {
        assertThat(new PageNames(" تصدير 🏪 ", null, null).title()).isEqualTo("تصدير 🏪");
        assertThat(new PageNames("🏪".repeat(60), " ", "").backText()).isNull();
    }
}
