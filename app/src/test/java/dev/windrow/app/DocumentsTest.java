package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the pages together: links lead somewhere, decisions are in their index, words of the glossary are in use. */
final class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path DECISIONS = DOCS.resolve("decisions");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern NAMED = Pattern.compile("docs/[\\w-]+\\.md(?:#[\\w-]+)?");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("# (\\d+)\\. (.+)");
    private static final Pattern DECISION =
            Pattern.compile("^\\| (\\[\\d+]\\(.+?\\)) \\| (.+?) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("^\\| \\*\\*(.+?)\\*\\* \\| .+ \\|$", Pattern.MULTILINE);

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(DOCS);
                Stream<Path> root = Files.list(ROOT)) {
            return Stream.concat(docs, root).filter(path -> path.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadsToPagesAndHeadingsThatAreThere(Path page) {
        List<String> broken = LINK.matcher(prose(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains(":") && !leadsSomewhere(page, link))
                .toList();

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As GitHub makes them. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {CheckCatalogCommand.FIELDS, CheckCatalogCommand.REMARKS})
    void isWhereCheckCatalogSays(String line) {
        List<String> pages =
                NAMED.matcher(line).results().map(MatchResult::group).toList();

        assertThat(pages).hasSize(1).allMatch(page -> leadsSomewhere(ROOT.resolve("README.md"), page));
    }

    @Test
    void hasEachDecisionInTheIndex() throws IOException {
        List<String> decisions = new ArrayList<>();
        try (Stream<Path> files = Files.list(DECISIONS)) {
            for (Path file : files.filter(DocumentsTest::isDecision).sorted().toList()) {
                String name = file.getFileName().toString();
                String first = text(file).lines().findFirst().orElse("");
                assertThat(first).as(name).matches(TITLE);
                int number = Integer.parseInt(name.substring(0, 4));
                assertThat(first).as(name).startsWith("# " + number + ". ");
                decisions.add(
                        "[" + number + "](" + name + ") " + TITLE.matcher(first).replaceFirst("$2"));
            }
        }

        assertThat(DECISION.matcher(text(DECISIONS.resolve("README.md")).replaceAll(" +", " "))
                        .results()
                        .map(DocumentsTest::firstTwo))
                .containsExactlyElementsOf(decisions);
    }

    private static boolean isDecision(Path file) {
        return !file.endsWith("README.md");
    }

    private static String firstTwo(MatchResult row) {
        return row.group(1) + " " + row.group(2);
    }

    @Test
    void explainsWordsThatAreInUse() throws IOException {
        StringBuilder used = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(DocumentsTest::mayUseWords).forEach(file -> used.append(text(file)));
        }
        String all = joined(used.toString());

        assertThat(words()).isSorted();
        assertThat(words()).filteredOn(word -> !all.contains(joined(word))).isEmpty();
    }

    /** Two words are one where code uses them: {@code asOf}, {@code handOver}. */
    private static String joined(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[ -]", "");
    }

    private static boolean mayUseWords(Path file) {
        String name = file.toString();
        boolean product = name.contains("/src/main/java/") && name.endsWith(".java");
        boolean page = file.startsWith(DOCS) && name.endsWith(".md") && !file.endsWith("glossary.md");
        return product || page;
    }

    private static List<String> words() {
        return WORD.matcher(text(DOCS.resolve("glossary.md")))
                .results()
                .map(row -> row.group(1).split(", ")[0])
                .toList();
    }

    private static String prose(Path page) {
        return FENCED.matcher(text(page)).replaceAll("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
