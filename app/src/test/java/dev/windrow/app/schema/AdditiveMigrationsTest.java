package dev.windrow.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A migration only adds what the Windrow before it does not mind, so that old processes go on and start beside the new
 * ones; or it raises the floor, in the same file.
 */
final class AdditiveMigrationsTest {
    /** Those before were for one machine, whose processes were stopped for an upgrade. */
    private static final int FIRST = 10;

    private static final Pattern VERSION = Pattern.compile("V0*(\\d+)__.*");
    private static final Pattern MAKES_TABLE = Pattern.compile("create table (\\w+) \\(.*");
    private static final Pattern MAKES_INDEX = Pattern.compile("create (unique )?index \\w+ on (\\w+) .*");
    private static final Pattern ADDS_COLUMN = Pattern.compile("alter table \\w+ add column \\w+ .*");
    private static final Pattern FILLS_TABLE = Pattern.compile("insert into (\\w+) .*");
    private static final String NOTE = "begin insert into (\\w+) [^;]* on conflict \\(\\w+\\) do nothing; ";
    private static final String AFTER = "create trigger \\w+ after update of \\w+ on exports ";
    /** A change of an export notes itself in a table that the same file makes: one insert, which can't be refused. */
    private static final List<Pattern> NOTES = List.of(
            Pattern.compile(AFTER + "when [^;]* " + NOTE + "end;"),
            Pattern.compile("create function \\w+\\(\\) returns trigger language plpgsql as \\$\\$ " + NOTE
                    + "return new; end \\$\\$; " + AFTER + "for each row when [^;]* execute function \\w+\\(\\);"));

    private static final Pattern RAISES = Pattern.compile("update schema_floor set version = \\d+");

    @Test
    void onlyAdd() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*/V*.sql")) {
            Matcher name = VERSION.matcher(String.valueOf(file.getFilename()));
            assertThat(name.matches()).as(file.getFilename()).isTrue();
            if (Integer.parseInt(name.group(1)) >= FIRST) {
                seen.add(String.valueOf(file.getFilename()));
                assertThat(faults(file.getContentAsString(StandardCharsets.UTF_8)))
                        .as(file.getURL() + ": add only, or raise schema_floor")
                        .isEmpty();
            }
        }
        assertThat(seen).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table exports",
                "alter table exports rename column a to b",
                "alter table exports drop column a",
                "alter table exports alter column a type text",
                "alter table exports add column a text not null",
                "alter table exports add column a text primary key",
                "alter table exports add column a text unique",
                "alter table exports add column a text references audit (number)",
                "create unique index one on exports (owner)",
                "create trigger each after update on exports for each row execute function f()",
                "update exports set options = 1",
                "delete from exports",
                "insert into exports (id) values ('a')",
                "create trigger each after update on exports when 1 = 1 begin select raise(abort, 'no')",
            })
    void areNoticedWhereTheyDoMore(String statement) {
        assertThat(faults("-- why\ncreate table other (id integer);\n" + statement + ";\n"))
                .containsExactly(statement);
        assertThat(faults(statement + ";\nupdate schema_floor set version = 11;"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id integer not null primary key, v text not null); create unique index i on t (v);"
                        + " insert into t (id, v) values (1, 'a')",
                "alter table exports add column a integer not null default 0",
                "create index i on exports (a) where a is not null",
                "create table t (id text); create trigger n after update of state on exports when new.state <> old.state"
                        + " begin insert into t (id) values (new.id) on conflict (id) do nothing; end;",
            })
    void mayAdd(String statements) {
        assertThat(faults(statements)).isEmpty();
    }

    private static List<String> faults(String sql) {
        String text = sql.replaceAll("--[^\n]*", "").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        List<String> statements = Arrays.stream(withoutNotes(text).split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
        if (statements.stream().anyMatch(statement -> RAISES.matcher(statement).matches())) {
            return List.of();
        }
        Set<String> made = new HashSet<>();
        List<String> faults = new ArrayList<>();
        for (String statement : statements) {
            if (!adds(statement, made)) {
                faults.add(statement);
            }
        }
        return faults;
    }

    private static String withoutNotes(String sql) {
        String left = sql;
        for (Pattern note : NOTES) {
            left = note.matcher(left)
                    .replaceAll(found -> sql.contains("create table " + found.group(1) + " (")
                            ? ""
                            : Matcher.quoteReplacement(found.group()));
        }
        return left;
    }

    private static boolean adds(String statement, Set<String> made) {
        Matcher table = MAKES_TABLE.matcher(statement);
        if (table.matches()) {
            made.add(table.group(1));
            return true;
        }
        Matcher index = MAKES_INDEX.matcher(statement);
        if (index.matches()) {
            return index.group(1) == null || made.contains(index.group(2));
        }
        Matcher filled = FILLS_TABLE.matcher(statement);
        if (filled.matches()) {
            return made.contains(filled.group(1));
        }
        return ADDS_COLUMN.matcher(statement).matches()
                && (!statement.contains("not null") || statement.contains(" default "))
                && !statement.matches(".* (unique|primary key|references)\\b.*");
    }
}
