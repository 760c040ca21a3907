package dev.windrow.examples.posts;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Times;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Posts whose texts are known to break software, with odd times, numbers and JSON, and media that must not be copied.
 */
final class HostilePosts {
    private static final List<String> CREATED = List.of(
            "2023-05-01T12:00:00Z",
            "2023-05-01T12:00:00.1Z",
            "2023-05-01T12:00:00.123456Z",
            "2023-05-01T14:00:00+02:00",
            "1969-12-31T23:59:59.999Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2024-02-29T00:00:00Z",
            "2016-12-31T23:59:60Z",
            "not a date");
    private static final long[] LIKES = {0, 2_147_483_648L, 9_007_199_254_740_993L, Long.MAX_VALUE, -1};
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\r",
            "\n",
            "\r\n",
            "\"",
            "\"\"",
            ",",
            "a\rb",
            "\ufeffbom",
            "\u0000nul",
            "\bbs",
            "e\u0301 vs \u00e9",
            "\u202eRTL override\u202c",
            "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66".repeat(50),
            "z".repeat(300_000),
            "=cmd|'/C calc'!A1",
            "ID");
    private static final List<String> PATHS = List.of(
            "../outside.txt",
            "media/../../escape.txt",
            "media/missing.png",
            "media/\u202egnp.exe",
            "media/con",
            "media/a\nb.png");

    private HostilePosts() {}

    static void write(Accounts accounts) throws SQLException, IOException {
        String account = Identifiers.account("hostile");
        accounts.profile(account, "hostile.example.com", "=1+1", "-2\t+3", "1969-12-31T23:59:59Z");
        List<String> texts = new ArrayList<>(RealData.strings(RealData.json("blns.json.gz")));
        RealData.json("csv_spectrum.json.gz")
                .forEach(file -> texts.add(file.path("csv").asString()));
        texts.addAll(TEXTS);
        long start = Times.millis(2024, 1, 1) * 1000;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            PostRows.Given given =
                    new PostRows.Given(account, start + i, i & 1023, text, CREATED.get(i % CREATED.size()), null);
            @Nullable Object[] row = PostRows.row(given, Chance.of(i));
            row[PostRows.LIKES] = LIKES[i % LIKES.length];
            List<@Nullable String> embedded =
                    Arrays.asList("{\"broken json", "{\"n\": 12345678901234567890}", "", text, null);
            row[PostRows.EMBEDDED] = embedded.get(i % embedded.size());
            accounts.post(row);
            if (i < PATHS.size()) {
                accounts.lostMedia(given.uri(), i, PATHS.get(i));
            }
        }
    }
}
