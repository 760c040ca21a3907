package dev.windrow.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The texts of the page and of the button, against each other and against the scripts that show them. */
class TextsTest {
    private static final Path PAGE = Path.of("src/main/resources/dev/windrow/api/page");
    private static final Path BUTTON = PAGE.resolve("button");
    private static final String ENGLISH = "en";

    /**
     * The forms of each language (Unicode CLDR), but for {@code many} of French and Spanish, which is of a million that
     * is written as a word.
     */
    private static final Map<String, Set<String>> FORMS = Map.of(
            "ar",
            Set.of("zero", "one", "two", "few", "many", "other"),
            "de",
            Set.of("one", "other"),
            ENGLISH,
            Set.of("one", "other"),
            "es",
            Set.of("one", "other"),
            "fr",
            Set.of("one", "other"),
            "ja",
            Set.of("other"));

    /** Texts that stand in for the server's, which are English already. */
    private static final String OF_PROBLEMS = "problem.";

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern NAMED_IN_HTML = Pattern.compile("data-t(?:-\\w+)?=\"([^\"]+)\"");
    private static final Pattern NAMED_IN_SCRIPT = Pattern.compile("\\b(?:t|phrase|words\\.say)\\(\"([^\"]+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"([\\w.-]+)\"");
    private static final Pattern KIND = Pattern.compile("\\bnamed\\(\"([^\"]+)\"");

    private static final JsonMapper JAVASCRIPT = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();

    private static Map<String, Map<String, JsonNode>> languages(Path folder) throws IOException {
        Map<String, Map<String, JsonNode>> languages = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("texts"))) {
            for (Path file : files.toList()) {
                String script = Files.readString(file);
                Map<String, JsonNode> texts = new LinkedHashMap<>();
                JAVASCRIPT
                        .readTree(script.substring(script.indexOf('{'), script.lastIndexOf('}') + 1))
                        .properties()
                        .forEach(text -> texts.put(text.getKey(), text.getValue()));
                languages.put(file.getFileName().toString().replace(".js", ""), texts);
            }
        }
        return languages;
    }

    @Test
    void areThereInEachLanguage() throws IOException {
        for (Path folder : List.of(PAGE, BUTTON)) {
            Map<String, Map<String, JsonNode>> languages = languages(folder);
            assertThat(languages).containsOnlyKeys(FORMS.keySet());
            Set<String> english = languages.getOrDefault(ENGLISH, Map.of()).keySet();
            Set<String> problems = languages.getOrDefault("de", Map.of()).keySet().stream()
                    .filter(key -> key.startsWith(OF_PROBLEMS))
                    .collect(Collectors.toSet());
            languages.forEach((language, texts) -> {
                Set<String> expected = new TreeSet<>(english);
                if (!language.equals(ENGLISH)) {
                    expected.addAll(problems);
                }
                assertThat(texts.keySet()).as("%s %s", folder, language).containsExactlyInAnyOrderElementsOf(expected);
            });
        }
    }

    @Test
    void haveTheSamePlacesAndThePluralsOfTheirLanguage() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path folder : List.of(PAGE, BUTTON)) {
            Map<String, Map<String, JsonNode>> languages = languages(folder);
            Map<String, JsonNode> english = languages.getOrDefault(ENGLISH, Map.of());
            languages.forEach((language, texts) -> texts.forEach((key, text) -> {
                Set<String> expected = places(other(english.getOrDefault(key, text)));
                if (text.isObject()) {
                    Set<String> forms = text.propertyNames().stream().collect(Collectors.toSet());
                    if (!forms.equals(FORMS.get(language))) {
                        wrong.add(language + " " + key + " has the forms " + forms);
                    }
                    // The form itself may say how many.
                    text.forEach(form -> {
                        if (!expected.containsAll(places(form))) {
                            wrong.add(language + " " + key + " has another place: " + form);
                        }
                    });
                }
                if (!places(other(text)).equals(expected)
                        || other(text).asString("").isBlank()) {
                    wrong.add(language + " " + key + " has not the places of " + expected);
                }
            }));
        }
        assertThat(wrong).isEmpty();
    }

    /** The form of no number in particular, or the text itself. */
    private static JsonNode other(JsonNode text) {
        return text.isObject() ? text.path("other") : text;
    }

    private static Set<String> places(JsonNode text) {
        return PLACE.matcher(text.asString(""))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void areWhatThePageShowsAndNoMore() throws IOException {
        Set<String> keys = languages(PAGE).getOrDefault("de", Map.of()).keySet();
        Set<String> named = new TreeSet<>();
        Set<String> literals = new TreeSet<>();
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> files = Files.list(PAGE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                collect(NAMED_IN_HTML, source, named);
                collect(NAMED_IN_SCRIPT, source, named);
                collect(LITERAL, source, literals);
                collect(KIND, source, kinds);
            }
        }
        named.removeAll(languages(BUTTON).getOrDefault(ENGLISH, Map.of()).keySet());
        assertThat(keys).as("what the page names").containsAll(named);
        assertThat(keys)
                .as("what nobody shows")
                .allSatisfy(key -> assertThat(named.contains(key)
                                || literals.contains(key)
                                || kinds.stream().anyMatch(kind -> key.startsWith(kind + ".")))
                        .as(key)
                        .isTrue());
    }

    /** Its scripts load the second part of the texts; whatever is there from the beginning has the first alone. */
    @Test
    void thatAreLoadedLaterAreShownByScriptsThatAre() throws IOException {
        String first = "index.html";
        Pattern later =
                Pattern.compile("\"(" + String.join("|", PageTexts.LATER).replace(".", "\\.") + ")");
        List<String> wrong = new ArrayList<>();
        for (String name :
                Stream.concat(Stream.of(first), PageFiles.MODULES.stream()).toList()) {
            later.matcher(Files.readString(PAGE.resolve(name)))
                    .results()
                    .forEach(found -> wrong.add(name + found.group()));
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "ja"})
    void areTheSameInTwoParts(String language) throws IOException {
        String source = Files.readString(PAGE.resolve("texts/" + language + ".js"));
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        for (String part : List.of(PageTexts.first(source), PageTexts.later(source))) {
            JAVASCRIPT
                    .readTree(part.substring(part.indexOf('{'), part.lastIndexOf('}') + 1))
                    .properties()
                    .forEach(text -> assertThat(parts.put(text.getKey(), text.getValue()))
                            .as(text.getKey())
                            .isNull());
        }
        assertThat(parts).isEqualTo(languages(PAGE).get(language));
        assertThat(parts).hasSizeGreaterThan(200);
    }

    @Test
    void ofTheButtonAreWhatItShowsAndNoMore() throws IOException {
        Set<String> keys = languages(BUTTON).getOrDefault(ENGLISH, Map.of()).keySet();
        Set<String> named = new TreeSet<>();
        Set<String> literals = new TreeSet<>();
        try (Stream<Path> files = Files.list(BUTTON)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                collect(Pattern.compile("\\bsay\\(\"([^\"]+)\""), source, named);
                collect(LITERAL, source, literals);
            }
        }
        // What the export is, and what it waits for or does, are the server's words.
        literals.addAll(Set.of("completed", "failed", "cancelled", "expired", "attachments", "sealing"));
        assertThat(keys).containsAll(named);
        assertThat(literals).containsAll(keys);
    }

    /** A text of the page in place of one of the button's would be shown by the one and not by the other. */
    @Test
    void areNamedOtherwiseOnThePageThanInTheButton() throws IOException {
        assertThat(languages(PAGE).getOrDefault("de", Map.of()).keySet())
                .doesNotContainAnyElementsOf(
                        languages(BUTTON).getOrDefault(ENGLISH, Map.of()).keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "ja"})
    void holdNoMarkup(String language) throws IOException {
        for (Path folder : List.of(PAGE, BUTTON)) {
            assertThat(Files.readString(folder.resolve("texts/" + language + ".js")))
                    .doesNotContain("<", "http:", "https:", "  \"\"");
        }
    }

    private static void collect(Pattern pattern, String source, Set<String> found) {
        pattern.matcher(source).results().forEach(one -> found.add(one.group(1)));
    }
}
