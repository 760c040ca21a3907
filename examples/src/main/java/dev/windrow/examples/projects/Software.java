package dev.windrow.examples.projects;

import dev.windrow.examples.sample.RealData;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real piece of software, whose description stands for a project's. */
record Software(
        String name,
        String version,
        String section,
        @Nullable String homepage,
        String summary,
        String description) {
    static List<Software> all() throws IOException {
        return RealData.objects("debian_projects.ndjson.gz").stream()
                .map(Software::of)
                .toList();
    }

    private static Software of(JsonNode line) {
        JsonNode homepage = line.path("homepage");
        return new Software(
                line.path("name").asString(),
                line.path("version").asString(),
                line.path("section").asString(),
                homepage.isNull() ? null : homepage.asString(),
                line.path("summary").asString(),
                line.path("description").asString());
    }

    String whole() {
        return summary + "\n\n" + description;
    }

    /** The beginning, as a list of hits shows it. */
    String snippet() {
        int most = Math.min(160, description.codePointCount(0, description.length()));
        return description.substring(0, description.offsetByCodePoints(0, most));
    }

    boolean isLibrary() {
        return (summary + description).toLowerCase(Locale.ROOT).contains("library");
    }
}
