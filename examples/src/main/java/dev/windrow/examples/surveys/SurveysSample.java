package dev.windrow.examples.surveys;

import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Surveys of several owners, with the answers of real people. The survey {@link #LOAD} has the load rows. */
public final class SurveysSample implements Sample {
    /** The survey of the load rows. */
    public static final int LOAD = 1000;

    private static final List<String> NAMES = List.of("Ada", "Björn", "Çiğdem", "Дарья", "慧");
    /** How the owners sign in; who needs no credentials is {@code local}, and the first of them. */
    private static final List<String> PRINCIPALS = List.of("ada", "bjoern", "cigdem", "darya", "hui");

    private static final String SCHEMA = """
            CREATE TABLE users(id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
            CREATE TABLE sign_ins(principal TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id)) WITHOUT ROWID;
            CREATE TABLE surveys(
              id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), title TEXT NOT NULL,
              description TEXT, created_at TEXT NOT NULL, closes_at TEXT);
            CREATE TABLE survey_options(
              id INTEGER PRIMARY KEY, survey_id INTEGER NOT NULL REFERENCES surveys(id) ON DELETE CASCADE,
              option_text TEXT NOT NULL, position INTEGER NOT NULL);
            CREATE TABLE survey_responses(
              id INTEGER PRIMARY KEY, survey_id INTEGER NOT NULL REFERENCES surveys(id) ON DELETE CASCADE,
              option_id INTEGER REFERENCES survey_options(id), response_date TEXT NOT NULL, respondent_email TEXT,
              comment TEXT);
            """;

    private static final String INDEXES = """
            CREATE INDEX idx_surveys_user ON surveys(user_id);
            CREATE INDEX idx_options_survey ON survey_options(survey_id, position);
            CREATE INDEX idx_responses_survey ON survey_responses(survey_id, response_date, id);
            """;

    @Override
    public Layout layout() {
        return new Layout(
                "surveys",
                1,
                SCHEMA,
                INDEXES,
                "survey_responses",
                27_494,
                "select count(*) from survey_responses where survey_id = " + LOAD);
    }

    @Override
    public void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException {
        Tables.Table users = tables.into("users", 3);
        Tables.Table signIns = tables.into("sign_ins", 2);
        signIns.add("local", 1);
        for (int id = 1; id <= NAMES.size(); id++) {
            users.add(id, "owner" + id + "@example.org", NAMES.get(id - 1));
            signIns.add(PRINCIPALS.get(id - 1), id);
        }
        Answers answers = new Answers(tables);
        RealSurveys.write(answers);
        new LoadSurvey(answers).write(loadRows);
        FoodFrequency.write(tables, loadRows);
        HostileSurvey.write(answers);
    }
}
