package dev.windrow.worker.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.SafeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
final class AttachmentNamesTest {
    @Test
    void numbersBeforeTheExtension() {
        assertThat(named("a.txt", "a.txt", "a.tar.gz", "a.tar.gz", "b", "b", "b"))
                .containsExactly("a.txt", "a (2).txt", "a.tar.gz", "a.tar (2).gz", "b", "b (2)", "b (3)");
    }

    @Test
    void tellsNamesApartThatSomeSystemTakesForOne() {
        assertThat(named("caf\u00e9.txt", "cafe\u0301.txt", "CAFÉ.TXT", "straße", "STRASSE", "I", "\u0131", "a?", "a*"))
                .containsExactly(
                        "caf\u00e9.txt",
                        "cafe\u0301 (2).txt",
                        "CAFÉ (3).TXT",
                        "straße",
                        "STRASSE (2)",
                        "I",
                        "\u0131 (2)",
                        "a_",
                        "a_ (2)");
    }

    @Test
    void leavesOutNumbersThatAreTaken() {
        assertThat(named("a (2).txt", "a.txt", "a.txt", "A (3).txt", "a.txt"))
                .containsExactly("a (2).txt", "a.txt", "a (3).txt", "A (3) (2).txt", "a (4).txt");
    }

    @Test
    void callsNoFileAsAFolderOfAnotherIsCalled() {
        assertThat(named("a", "A/b", "a/b", "a (2)/c", "x/y/z", "x/Y", "x"))
                .containsExactly("a (3)", "A/b", "a/b (2)", "a (2)/c", "x/y/z", "x/Y (2)", "x (2)");
    }

    @Test
    void cutsLongNamesSoThatTheirNumberFits() {
        String one = "x".repeat(251) + ".jpg";
        String other = "x".repeat(250) + "y.jpg";

        assertThat(named(one, one, other, other))
                .containsExactly(one, "x".repeat(242) + " (2).jpg", other, "x".repeat(242) + " (3).jpg")
                .allSatisfy(name -> assertThat(SafeName.part(name, "_")).isEqualTo(name));
    }

    /** In a moment each; by the square of the number it would be minutes. */
    @Test
    @Timeout(60)
    void numbersAHundredThousandEqualNames() {
        List<String> equal = Collections.nCopies(100_000, "photo.jpg");
        assertThat(named(equal.toArray(String[]::new))).doesNotHaveDuplicates().endsWith("photo (100000).jpg");

        Stream<String> numbered = IntStream.rangeClosed(2, 50_000).mapToObj(number -> "photo (" + number + ").jpg");
        List<String> taken =
                Stream.concat(numbered, equal.stream().limit(50_000)).toList();
        assertThat(named(taken.toArray(String[]::new))).doesNotHaveDuplicates();

        List<String> cut = IntStream.range(0, 100_000)
                .mapToObj(i -> "x".repeat(245) + (100_000 + i / 2) + ".jpg")
                .toList();
        assertThat(named(cut.toArray(String[]::new))).doesNotHaveDuplicates();
    }

    @Test
    @Timeout(60)
    void holdsNoMoreForFoldersThatAreDeep() {
        List<String> deep =
                IntStream.range(0, 2_000).mapToObj(i -> "a/".repeat(1_900) + i).toList();

        assertThat(named(deep.toArray(String[]::new))).isEqualTo(deep);
    }

    private static List<String> named(String... wished) {
        AttachmentNames names = new AttachmentNames("media");
        List.of(wished).forEach(names::expect);
        List<String> named = new ArrayList<>();
        for (String name : wished) {
            named.add(names.take(name));
        }
        return named;
    }
}
