package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.Event;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.testkit.Migrations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

final class VerifyAuditCommandTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int verify(Path folder) {
        return new CommandLine(new VerifyAuditCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("--windrow.home=" + folder);
    }

    private String said() {
        return out.toString().replace("\r\n", "\n");
    }

    private void inDatabase(String... changes) {
        try (StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + home.resolve("windrow.db"), null, null)) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
            JdbcClient client = JdbcClient.create(database.migrationSource());
            JdbcAuditLog log = new JdbcAuditLog(client, database::reading, "here");
            for (int i = 0; i < 3; i++) {
                Event event = new Event(
                        Instant.ofEpochSecond(i), Actor.NOBODY, Action.START, Subject.NONE, Amount.NONE, "done");
                AuditRow row = database.transactions().inOne(() -> log.append(event), Optional::empty);
                assertThat(row.number()).isEqualTo(i + 1L);
            }
            for (String change : changes) {
                client.sql(change).update();
            }
        }
    }

    @Test
    void saysThatTheChainIsWhole() {
        inDatabase();
        assertThat(verify(home)).isZero();
        assertThat(said()).endsWith("rows: 3\nfirst: 1970-01-01T00:00:00Z\nlast: 1970-01-01T00:00:02Z\nchain: whole\n");
    }

    @Test
    void saysWhereItBreaks() {
        inDatabase("update audit set outcome = 'x' where number = 1");
        assertThat(verify(home)).isOne();
        assertThat(said())
                .contains("rows: 1\n")
                .endsWith("chain: broken at row 2 of 1970-01-01T00:00:01Z: it does not follow row 1: "
                        + "one of the two was changed, or both changed places\n");
    }

    @Test
    void saysWhatWasRemoved() {
        inDatabase("delete from audit where number > 1");
        assertThat(verify(home)).isOne();
        assertThat(said()).endsWith("chain: broken at row 2: it and all up to row 3 were removed\n");
    }

    @Test
    void makesNothingWhereThereIsNoHome() {
        Path none = home.resolve("none");
        assertThat(verify(none)).isOne();
        assertThat(Files.exists(none)).isFalse();
    }

    @Test
    void refusesADatabaseOfAnotherVersion() {
        inDatabase(
                "delete from flyway_schema_history where version = (select max(version) from flyway_schema_history)");
        assertThat(verify(home)).isOne();
        assertThat(err.toString()).contains("run `windrow migrate`");
    }
}
