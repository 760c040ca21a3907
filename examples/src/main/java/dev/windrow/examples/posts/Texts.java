package dev.windrow.examples.posts;

import dev.windrow.examples.sample.RealData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Real texts of many languages and scripts. Immutable. */
record Texts(List<Declaration> declarations, List<String> sayings, List<String> emoji, List<String> mixed) {
    /** The declaration of human rights in one language. */
    record Declaration(JsonNode about, List<String> paragraphs) {
        String code() {
            return about.path("code").asString();
        }
    }

    static Texts load() throws IOException {
        List<Declaration> declarations = RealData.objects("udhr.ndjson.gz").stream()
                .map(line -> new Declaration(line, RealData.strings(line.path("paragraphs"))))
                .toList();
        List<String> sayings = RealData.objects("fortunes.ndjson.gz").stream()
                .map(line -> line.path("text").asString())
                .toList();
        List<String> emoji = RealData.rows("emoji15.csv.gz").stream()
                .skip(1)
                .map(row -> row.get(0))
                .toList();
        return new Texts(declarations, sayings, emoji, mixed(declarations, sayings));
    }

    /** Long paragraphs and sayings in turn; the sayings at most three times. */
    private static List<String> mixed(List<Declaration> declarations, List<String> sayings) {
        List<String> mixed = new ArrayList<>();
        declarations.stream()
                .flatMap(declaration -> declaration.paragraphs.stream())
                .filter(text -> text.codePointCount(0, text.length()) > 20)
                .limit(3L * sayings.size())
                .forEach(text -> {
                    mixed.add(text);
                    mixed.add(sayings.get(mixed.size() / 2 % sayings.size()));
                });
        return mixed;
    }

    /** The first characters, counted as a reader does who knows no surrogates. */
    static String start(String text, int characters) {
        int most = Math.min(characters, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, most));
    }
}
