package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Entry;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Scan;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Sort;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How SQLite would read a query in the order of a key, in the operator's words. Belongs to one connection. */
final class SqlitePlan {
    private final KeyStatements statements;
    private final SampledQuery query;
    private final SqliteTables tables;
    private final SqliteProgram program;

    SqlitePlan(KeyStatements statements, SampledQuery query) throws SQLException {
        this.statements = statements;
        this.query = query;
        this.tables = new SqliteTables(statements.connection().connection());
        this.program = statements.sqliteProgram();
    }

    /** What is known, in at most one sentence. */
    List<Remark> remarks() throws SQLException {
        if (program.entry() == Entry.UNKNOWN) {
            return List.of();
        } else if (program.computed()) {
            return List.of(remark("groups, ranks or gathers all rows at each of its entries", ""));
        } else if (program.sort() == Sort.ALL) {
            return List.of(remark("sorts all rows at each of its entries", index()));
        }
        return switch (program.entry()) {
            case AT_POSITION -> List.of(Remark.information(entered()));
            case AT_OWN_BOUND ->
                List.of(remark(
                        "walks over all rows before the position at each of its entries, since the query has its own bound of the key",
                        first(new SqliteFixes(statements, query, tables).otherBound(), index())));
            case ELSEWHERE ->
                List.of(remark(
                        "walks over all rows before the position at each of its entries",
                        first(new SqliteFixes(statements, query, tables).shorterKey(), index())));
            case UNKNOWN -> List.of();
        };
    }

    private String entered() {
        String entered = "enters an index at the position";
        return program.sort() == Sort.NONE
                ? entered
                : entered + ", and sorts the rows that are equal in the key's first columns";
    }

    private Remark remark(String does, String fix) throws SQLException {
        String text = does + entries() + (fix.isEmpty() ? "" : "; " + fix);
        return isLarge() ? Remark.warning(text) : Remark.information(text);
    }

    /** How often an export enters the query, where statistics tell of how many rows. */
    private String entries() throws SQLException {
        LegLimits limits = statements.connection().limits();
        long most = 0;
        for (Scan scan : program.scans()) {
            Optional<SqliteTables.Tree> tree = tables.tree(scan.rootPage());
            if (tree.isPresent()) {
                most = Math.max(
                        most, tables.analyzed(tree.get(), scan.equalColumns()).orElse(0));
            }
        }
        return limits == null || most < SqliteTables.MANY || program.limited() ? "" : limits.entries(most);
    }

    private String index() throws SQLException {
        return new SqliteFixes(statements, query, tables).index(program.scans());
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** Whether so many rows are gone over that it is felt; false where that is not known. */
    private boolean isLarge() throws SQLException {
        if (program.limited()) {
            return false;
        }
        for (Scan scan : program.scans()) {
            Optional<SqliteTables.Tree> tree = tables.tree(scan.rootPage());
            if (tree.isPresent() && tables.rows(tree.get(), scan.equalColumns()) >= SqliteTables.MANY) {
                return true;
            }
        }
        return false;
    }
}
