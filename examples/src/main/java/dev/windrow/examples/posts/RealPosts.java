package dev.windrow.examples.posts;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.SpacedJson;
import dev.windrow.examples.sample.Times;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An account for each language of the declaration, and one of sayings; a post about each minute. */
final class RealPosts {
    private static final long STEP = 61_000_123;

    private final Accounts accounts;
    private final Texts texts;
    private long microseconds = Times.millis(2023, 4, 1) * 1000;

    RealPosts(Accounts accounts, Texts texts) {
        this.accounts = accounts;
        this.texts = texts;
    }

    void write() throws SQLException {
        for (Texts.Declaration declaration : texts.declarations()) {
            JsonNode about = declaration.about();
            ObjectNode description = JsonNodeFactory.instance.objectNode();
            List.of("lang", "dir", "script").forEach(field -> description.set(field, about.path(field)));
            String handle = "udhr-" + declaration.code().replace('_', '-').toLowerCase(Locale.ROOT) + ".example.com";
            write(
                    Identifiers.account("udhr:" + declaration.code()),
                    handle,
                    about.path("name").asString(),
                    SpacedJson.of(description),
                    declaration.paragraphs());
        }
        String fortunes = Identifiers.account("fortunes");
        accounts.profile(fortunes, "fortunes.example.com", "Fortune\nCookies", null, Times.iso(microseconds / 1000));
        posts(fortunes, texts.sayings());
    }

    private void write(String account, String handle, String name, String description, List<String> paragraphs)
            throws SQLException {
        accounts.profile(account, handle, name, description, Times.iso(microseconds / 1000));
        posts(account, paragraphs);
    }

    private void posts(String account, List<String> all) throws SQLException {
        for (int i = 0; i < all.size(); i++) {
            microseconds += STEP;
            PostRows.Given given = new PostRows.Given(account, microseconds, i & 1023, all.get(i), null, null);
            accounts.post(given, Chance.of(microseconds));
        }
    }
}
