package dev.windrow.examples.surveys;

import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.surveys.Answers.Response;
import dev.windrow.examples.surveys.Answers.Survey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A survey whose title, options, addresses, dates and comments are known to break software. */
final class HostileSurvey {
    private static final int ID = 2000;
    private static final List<String> OPTIONS = List.of(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1:A9)",
            "\t=1",
            "\r=1",
            "'=1",
            "|calc",
            "%0A",
            "",
            " ",
            "\"",
            ",",
            "\n",
            "NULL",
            "1e5",
            "00123",
            "2024-01-02",
            "1/2",
            "TRUE");
    private static final List<@Nullable String> EMAILS = Arrays.asList(
            "\"a,b\"@example.org",
            "o'brien@example.org",
            "用户@例子.example",
            "a@[IPv6:::1]",
            "",
            " spaced@example.org ",
            "=cmd@example.org",
            null);
    private static final List<String> DATES = List.of(
            "1965-03-04T05:06:07",
            "2024-02-29T23:59:59.999999",
            "2024-03-31T02:30:00",
            "1970-01-01T00:00:00",
            "2038-01-19T03:14:08",
            "2024-10-27T02:30:00+02:00");

    private HostileSurvey() {}

    static void write(Answers answers) throws SQLException, IOException {
        Survey survey = new Survey(
                ID,
                4,
                "=HYPERLINK(\"http://example.invalid\",\"hostile\")",
                "hostile\r\nheader: injected",
                "0001-01-01T00:00:00",
                "9999-12-31T23:59:59");
        long first = answers.survey(survey, OPTIONS);
        List<String> naughty = RealData.strings(RealData.json("blns.json.gz"));
        for (int i = 0; i < naughty.size(); i++) {
            long option = first + i % OPTIONS.size();
            String email = EMAILS.get(i % EMAILS.size());
            answers.response(ID, new Response(option, DATES.get(i % DATES.size()), email, naughty.get(i)));
        }
        Response last = new Response(null, "2024-01-01T00:00:00", null, "id above 2^53");
        answers.response(4_611_686_018_427_387_904L, ID, last);
    }
}
