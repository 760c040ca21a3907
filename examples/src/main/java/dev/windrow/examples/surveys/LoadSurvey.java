package dev.windrow.examples.surveys;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Times;
import dev.windrow.examples.surveys.Answers.Response;
import dev.windrow.examples.surveys.Answers.Survey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A survey with as many responses as are asked for; some say who they are, and some have a comment in any language. */
final class LoadSurvey {
    private static final long SEED = 5_000_011;
    private static final long START = Times.millis(2024, 1, 1);
    private static final List<String> OPTIONS = List.of(
            "Very satisfied", "Satisfied", "Neither, nor", "Dissatisfied", "Very \"dissatisfied\"", "Weiß nicht 🤷");

    private final Answers answers;
    private final List<String> sayings;
    private final List<String> paragraphs;

    LoadSurvey(Answers answers) throws IOException {
        this.answers = answers;
        this.sayings = RealData.objects("fortunes.ndjson.gz").stream()
                .map(line -> line.path("text").asString())
                .toList();
        this.paragraphs = RealData.objects("udhr.ndjson.gz").stream()
                .flatMap(line -> RealData.strings(line.path("paragraphs")).stream())
                .toList();
    }

    void write(long rows) throws SQLException {
        String description = "Line one\nline two; exactly --rows responses";
        Survey survey = new Survey(
                SurveysSample.LOAD, 1, "Customer satisfaction, \"Q4\"", description, Times.iso(START, ""), null);
        long first = answers.survey(survey, OPTIONS);
        for (long i = 0; i < rows; i++) {
            Chance chance = Chance.of(SEED + i);
            Long option = chance.bits() >>> 56 == 0 ? null : first + chance.below(40, OPTIONS.size());
            String date = Times.iso(START + i * 250, "");
            answers.response(SurveysSample.LOAD, new Response(option, date, email(chance), comment(chance)));
        }
    }

    private static @Nullable String email(Chance chance) {
        long kind = chance.below(20);
        if (kind < 6) {
            return null;
        }
        String domain = RealSurveys.DOMAINS.get(kind < 19 ? chance.below(48, 4) : 4);
        return "r" + (chance.bits() >>> 24 & 0xFFFFFF) + (kind == 6 ? "+tag" : "") + "@" + domain;
    }

    private @Nullable String comment(Chance chance) {
        if (chance.below(5, 16) < 12) {
            return null;
        }
        List<String> texts = chance.below(9, 2) == 1 ? sayings : paragraphs;
        return texts.get(chance.below(10, texts.size()));
    }
}
