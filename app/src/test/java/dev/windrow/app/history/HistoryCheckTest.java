package dev.windrow.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sound history, and for each rule one that breaks it. */
final class HistoryCheckTest {
    /** Lost once after a checkpoint, gone on with, completed, downloaded, expired, retried and cancelled. */
    private static final List<String> SOUND = List.of(
            row("insert", "queued", 0, 1, 0, ""),
            "{'event':'start','id':'x'}",
            row("update", "running", 1, 1, 0, ""),
            row("update", "running", 1, 1, 0, "'checkpoint':1,'rows':10,'length':100"),
            "{'event':'kill','process':'worker'}",
            row("update", "queued", 1, 2, 1, "'checkpoint':1,'rows':10,'length':100"),
            row("update", "running", 2, 2, 1, "'checkpoint':1,'rows':10,'length':100,'kept':8"),
            row("update", "running", 2, 2, 0, "'checkpoint':2,'rows':20,'length':200,'resumedFrom':10"),
            row(
                    "update",
                    "running",
                    2,
                    2,
                    0,
                    "'checkpoint':2,'rows':20,'length':200,'intent':'x.2.zip','intended':'d1'"),
            row("update", "completed", 2, 2, 0, "'artifact':'x.2.zip','sha256':'d1'"),
            "{'event':'download','id':'x','sha256':'d1'}",
            row("update", "expired", 2, 2, 0, "'artifact':'x.2.zip','sha256':'d1'"),
            row("update", "expired", 2, 2, 0, ""),
            row("update", "queued", 2, 3, 0, ""),
            row("update", "cancelled", 2, 3, 0, ""));

    private static String row(String event, String state, int claim, int attempt, int losses, String more) {
        return "{'event':'" + event + "','id':'x','state':'" + state + "','claim':" + claim + ",'attempt':" + attempt
                + ",'losses':" + losses + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static List<String> json(List<String> lines) {
        return lines.stream().map(line -> line.replace('\'', '"')).toList();
    }

    @Test
    void findsNothingInASoundHistory() {
        assertThat(HistoryCheck.faults(json(SOUND))).isEmpty();
    }

    @Test
    void beginsALineageAnewWithARunThatBeginsAnew() {
        List<String> lines = new ArrayList<>(SOUND);
        lines.set(6, row("update", "running", 2, 2, 1, "'checkpoint':1,'rows':10,'length':100"));
        lines.set(7, row("update", "running", 2, 2, 0, "'checkpoint':2,'rows':5,'length':50"));
        lines.set(
                8,
                row(
                        "update",
                        "running",
                        2,
                        2,
                        0,
                        "'checkpoint':2,'rows':5,'length':50,'intent':'x.2.zip','intended':'d1'"));

        assertThat(HistoryCheck.faults(json(lines))).isEmpty();
    }

    @Test
    void letsAClaimGoOnFromSegmentsThatEndBeforeTheCheckpoint() {
        List<String> lines = new ArrayList<>(SOUND);
        lines.set(7, row("update", "running", 2, 2, 0, "'checkpoint':2,'rows':8,'length':80,'resumedFrom':10"));

        assertThat(HistoryCheck.faults(json(lines)))
                .allMatch(fault -> !fault.contains("line 8") && !fault.contains("checkpoint"));
    }

    /** A line of the sound history, what stands there instead, and the rule that it breaks. */
    static Stream<Arguments> broken() {
        String at1 = "'checkpoint':1,'rows':10,'length':100";
        return Stream.of(
                Arguments.of(1, row("insert", "running", 1, 1, 0, ""), "an export begins queued"),
                Arguments.of(2, row("insert", "queued", 0, 1, 0, ""), "an export is made once"),
                Arguments.of(
                        1, "{'event':'kill','process':'api'}", "a start is answered after its export is in the table"),
                Arguments.of(1, "{'event':'kill','process':'api'}", "only an export that is there can change"),
                Arguments.of(1, "{'event':'delete','id':'x'}", "only an export that is there can be deleted"),
                Arguments.of(1, "{'event':'rename'}", "an unknown event"),
                Arguments.of(3, row("update", "expired", 0, 1, 0, ""), "states follow each other as State.next says"),
                Arguments.of(11, row("update", "running", 2, 2, 0, ""), "states follow each other as State.next says"),
                Arguments.of(3, row("update", "running", 2, 1, 0, ""), "a claim grows by one"),
                Arguments.of(
                        4,
                        row("update", "running", 2, 1, 0, "'checkpoint':2,'rows':10,'length':100"),
                        "a claim grows by one"),
                Arguments.of(9, row("update", "running", 1, 2, 0, ""), "a claim grows by one"),
                Arguments.of(4, row("update", "running", 1, 2, 0, at1), "an attempt is counted"),
                Arguments.of(14, row("update", "queued", 2, 2, 0, ""), "a retry is an attempt"),
                Arguments.of(14, row("update", "queued", 2, 3, 0, at1), "a retry begins with nothing"),
                Arguments.of(
                        6,
                        row("update", "queued", 1, 2, 1, "'checkpoint':1,'rows':11,'length':110"),
                        "a checkpoint is written by a run"),
                Arguments.of(
                        8,
                        row("update", "running", 2, 2, 0, "'checkpoint':1,'rows':20,'length':200"),
                        "a checkpoint is of the claim"),
                Arguments.of(
                        8,
                        row("update", "running", 2, 2, 0, "'checkpoint':2,'rows':20,'length':99,'resumedFrom':10"),
                        "a checkpoint takes nothing back"),
                Arguments.of(
                        9,
                        row("update", "running", 2, 2, 0, "'checkpoint':2,'rows':19,'length':200,'resumedFrom':10"),
                        "a checkpoint takes nothing back"),
                Arguments.of(7, row("update", "running", 2, 2, 1, at1 + ",'kept':21"), "a run goes on from where"),
                Arguments.of(6, row("update", "queued", 1, 2, 1, ""), "a run forgets no checkpoint"),
                Arguments.of(4, row("update", "running", 1, 1, 1, at1), "a loss is counted"),
                Arguments.of(7, row("update", "running", 2, 2, 2, at1), "a loss is counted"),
                Arguments.of(7, row("update", "queued", 1, 2, 0, at1), "losses are forgiven"),
                Arguments.of(6, row("update", "queued", 1, 2, 5, at1), "lost five times has failed"),
                Arguments.of(
                        9,
                        row("update", "running", 2, 2, 0, "'intent':'x.1.zip','intended':'d1'"),
                        "what it wrote itself"),
                Arguments.of(
                        6,
                        row("update", "queued", 1, 2, 1, at1 + ",'intent':'x.1.zip','intended':'d1'"),
                        "an intent is a run's"),
                Arguments.of(
                        10,
                        row("update", "completed", 2, 2, 0, "'artifact':'x.1.zip','sha256':'d1'"),
                        "completed with what was intended"),
                Arguments.of(
                        10,
                        row("update", "completed", 2, 2, 0, "'artifact':'x.2.zip','sha256':'d2'"),
                        "completed with what was intended"),
                Arguments.of(
                        11,
                        row("update", "completed", 2, 2, 0, "'artifact':'x.2.zip','sha256':'d2'"),
                        "an artifact stays what it is"),
                Arguments.of(11, "{'event':'download','id':'x','sha256':'d2'}", "a download is what"),
                Arguments.of(15, "{'event':'kill','process':'worker'}", "comes to an end"));
    }

    @ParameterizedTest(name = "{2}, line {0}")
    @MethodSource("broken")
    void finds(int line, String instead, String rule) {
        List<String> lines = new ArrayList<>(SOUND);
        lines.set(line - 1, instead);

        assertThat(HistoryCheck.faults(json(lines))).anyMatch(fault -> fault.contains(rule));
    }
}
