package dev.windrow.examples.surveys;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Times;
import dev.windrow.examples.surveys.Answers.Response;
import dev.windrow.examples.surveys.Answers.Survey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What people were asked about politics, their health and their journeys, as they answered. */
final class RealSurveys {
    static final List<String> DOMAINS =
            List.of("example.org", "example.com", "example.net", "sub.example.org", "xn--bcher-kva.example");
    private static final List<String> LEFT_TO_RIGHT = List.of(
            "Extremely liberal",
            "Liberal",
            "Slightly liberal",
            "Moderate",
            "Slightly conservative",
            "Conservative",
            "Extremely conservative");
    private static final List<Question> ELECTION = List.of(
            new Question(
                    "TVnews",
                    "On how many days of the past week did you watch TV news?",
                    0,
                    IntStream.range(0, 8).mapToObj(Integer::toString).toList()),
            new Question(
                    "PID",
                    "Which party do you identify with?",
                    0,
                    List.of(
                            "Strong Democrat",
                            "Weak Democrat",
                            "Independent-Democrat",
                            "Independent",
                            "Independent-Republican",
                            "Weak Republican",
                            "Strong Republican")),
            new Question(
                    "educ",
                    "What is your level of education?",
                    1,
                    List.of(
                            "1-8 grades",
                            "Some high school",
                            "High school graduate",
                            "Some college",
                            "College degree",
                            "Master's degree",
                            "PhD")),
            new Question("vote", "Whom do you expect to vote for?", 0, List.of("Clinton", "Dole")),
            new Question("selfLR", "Where do you place yourself, left to right?", 1, LEFT_TO_RIGHT),
            new Question("ClinLR", "Where do you place Mr Clinton, left to right?", 1, LEFT_TO_RIGHT),
            new Question("DoleLR", "Where do you place Mr Dole, left to right?", 1, LEFT_TO_RIGHT));

    private RealSurveys() {}

    /** @param least the answer that the first option stands for */
    private record Question(String column, String title, int least, List<String> options) {}

    static void write(Answers answers) throws SQLException, IOException {
        for (int i = 0; i < ELECTION.size(); i++) {
            election(answers, i + 1, ELECTION.get(i));
        }
        health(answers);
        journeys(answers);
        String created = Times.iso(Times.millis(2020, 1, 1), "");
        answers.survey(new Survey(22, 3, "Nobody answered", "", created, null), List.of("Yes", "No"));
    }

    private static void election(Answers answers, int id, Question question) throws SQLException, IOException {
        long start = Times.millis(1996, 11, 5) + 8 * 3_600_000;
        String description = "American National Election Study 1996, variable " + question.column;
        Survey survey = new Survey(id, 1 + id % 3, question.title, description, Times.iso(start, ""), null);
        long first = answers.survey(survey, question.options);
        List<List<String>> rows = RealData.rows("anes96.csv.gz", '\t');
        int column = rows.get(0).indexOf("'" + question.column + "'");
        List<Long> chosen = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            chosen.add(first + (int) Double.parseDouble(row.get(column)) - question.least);
        }
        respond(answers, id, chosen, start, 60_000);
    }

    private static void health(Answers answers) throws SQLException, IOException {
        long start = Times.millis(1974, 11, 1);
        String closes = Times.iso(Times.millis(1982, 1, 1), "");
        String title = "In general, would you say your health is …?";
        Survey survey = new Survey(20, 2, title, "RAND Health Insurance Experiment", Times.iso(start, ""), closes);
        long first = answers.survey(survey, List.of("Excellent", "Good", "Fair", "Poor"));
        List<List<String>> rows = RealData.rows("randhie.csv.gz");
        List<Integer> columns = List.of(
                rows.get(0).indexOf("hlthg"),
                rows.get(0).indexOf("hlthf"),
                rows.get(0).indexOf("hlthp"));
        List<Long> chosen = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            int said = 0;
            for (int i = columns.size(); i > 0; i--) {
                said = Double.parseDouble(row.get(columns.get(i - 1))) != 0 ? i : said;
            }
            chosen.add(first + said);
        }
        respond(answers, 20, chosen, start, 11_000_000);
    }

    private static void journeys(Answers answers) throws SQLException, IOException {
        long start = Times.millis(1987, 1, 1);
        String title = "How did you travel from Sydney to Melbourne?";
        Survey survey = new Survey(21, 2, title, null, Times.iso(start, ""), null);
        long first = answers.survey(survey, List.of("Air", "Train", "Bus", "Car"));
        List<Long> chosen = new ArrayList<>();
        for (List<String> row : RealData.rows("modechoice.csv.gz", ';')) {
            if (row.get(2).equals("1")) {
                chosen.add(first + Integer.parseInt(row.get(1)) - 1);
            }
        }
        respond(answers, 21, chosen, start, 3_600_000);
    }

    private static void respond(Answers answers, int survey, List<Long> chosen, long start, long step)
            throws SQLException {
        for (int i = 0; i < chosen.size(); i++) {
            Chance chance = Chance.of(survey * 1_000_003L + i);
            String email = chance.below(10) < 3
                    ? null
                    : "r" + chance.below(10_000_000) + "@" + DOMAINS.get(chance.below(30, 4));
            answers.response(survey, new Response(chosen.get(i), Times.iso(start + i * step, ""), email, null));
        }
    }
}
