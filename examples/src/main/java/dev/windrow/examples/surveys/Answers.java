package dev.windrow.examples.surveys;

import dev.windrow.examples.sample.Tables;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of the surveys. Options and responses are numbered as they come. */
final class Answers {
    private final Tables.Table surveys;
    private final Tables.Table options;
    private final Tables.Table responses;
    private long lastOption;
    private long lastResponse;

    Answers(Tables tables) throws SQLException {
        surveys = tables.into("surveys", 6);
        options = tables.into("survey_options", 4);
        responses = tables.into("survey_responses", 6);
    }

    record Survey(
            int id,
            int owner,
            String title,
            @Nullable String description,
            String created,
            @Nullable String closes) {}

    record Response(
            @Nullable Long option,
            String date,
            @Nullable String email,
            @Nullable String comment) {}

    /**
     * Adds a survey and its options.
     *
     * @return the number of the first option
     */
    long survey(Survey survey, List<String> texts) throws SQLException {
        surveys.add(survey.id, survey.owner, survey.title, survey.description, survey.created, survey.closes);
        long first = lastOption + 1;
        for (int position = 0; position < texts.size(); position++) {
            options.add(++lastOption, survey.id, texts.get(position), position);
        }
        return first;
    }

    void response(int survey, Response response) throws SQLException {
        response(++lastResponse, survey, response);
    }

    void response(long id, int survey, Response response) throws SQLException {
        responses.add(id, survey, response.option, response.date, response.email, response.comment);
    }
}
