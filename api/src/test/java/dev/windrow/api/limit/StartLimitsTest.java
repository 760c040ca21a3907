package dev.windrow.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.api.limit.Standing.Share;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.export.jdbc.JdbcQuotas;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.testkit.Migrations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose limits hold. */
final class StartLimitsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Limits ALL = new Limits(new Allowance(2, 5, 100L, null), null);

    @TempDir
    private Path folder;

    private StatusDatabase database;

    @BeforeEach
    void open() {
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private StartLimits limits(Limits limits) {
        return new StartLimits(new JdbcQuotas(database), limits, CLOCK);
    }

    private static Caller caller(String name, Allowance allowance) {
        return new Caller(name, new Rights(Set.of(), null, Map.of(), allowance, Terms.NONE), Credential.NONE);
    }

    @Test
    void holdsEachCallerToItsOwn() {
        StartLimits limits = limits(ALL);
        Caller ann = caller("ann", Allowance.USUAL);
        Caller bob = caller("bob", new Allowance(3, null, null, null));
        for (int i = 0; i < 2; i++) {
            limits.take(ann);
            limits.take(bob);
        }
        limits.take(bob);
        assertRateLimited(limits, ann);
        assertRateLimited(limits, bob);
    }

    private static void assertRateLimited(StartLimits limits, Caller caller) {
        assertThatThrownBy(() -> limits.take(caller))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.RATE_LIMITED));
    }

    @Test
    void holdsACallerToTheLimitsOfItsCredentialsWhereThereAreNoOthers() {
        StartLimits limits = limits(Limits.NONE);
        Caller ann = caller("ann", new Allowance(1, null, null, null));
        limits.take(ann);
        assertRateLimited(limits, ann);
        for (int i = 0; i < 1_000; i++) {
            limits.take(Caller.LOCAL);
        }
    }

    @Test
    void letsNothingStartWhereCredentialsSayNone() {
        StartLimits limits = limits(ALL);
        Caller none = caller("ann", new Allowance(0, null, null, null));
        assertRateLimited(limits, none);
        assertRateLimited(limits, none);
        assertThat(limits.standing(none).startsPerMinute()).isEqualTo(new Share(0, 0));
        assertThatThrownBy(() -> limits.take(caller("cid", new Allowance(null, null, 0L, null))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.QUOTA_EXCEEDED));
    }

    @Test
    void takesAsMuchAsCredentialsCanSay() {
        StartLimits limits = limits(ALL);
        Caller most =
                caller("ann", new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
        for (int i = 0; i < 10; i++) {
            limits.take(most);
        }
        assertThat(limits.standing(most).active()).isEqualTo(new Share(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void tellsWhatIsLeft() {
        StartLimits limits = limits(ALL);
        Caller bob = caller("bob", new Allowance(60, null, null, 7L));
        limits.take(bob);
        assertThat(limits.standing(bob))
                .isEqualTo(new Standing(new Share(60, 59), new Share(5, 5), new Share(100, 100), new Share(7, 7)));
        assertThat(limits(Limits.NONE).standing(Caller.LOCAL)).isEqualTo(new Standing(null, null, null, null));
    }
}
