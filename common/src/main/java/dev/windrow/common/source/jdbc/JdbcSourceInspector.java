package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.source.SourceException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks live databases about the catalog's queries, without running these. Safe for use by many threads. */
public final class JdbcSourceInspector implements SourceInspector {
    private static final String PRINCIPAL = "principal";

    /** What SQLite's bytecode goes round by; a program without any of them takes each of its steps at most once. */
    private static final Set<String> LOOPS =
            Set.of("Next", "Prev", "SorterNext", "VNext", "Yield", "Gosub", "Program", "RowSetRead");

    private final SourceConnections connections;

    /** @param connections the caller closes them */
    public JdbcSourceInspector(SourceConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<Column> describe(Source source, String query, List<Parameter> parameters) throws InspectionException {
        Dialect dialect = Dialect.of(source.url());
        NamedSql sql = parse(query, dialect);
        Map<String, Object> samples = samples(parameters);
        for (String name : sql.names()) {
            if (!samples.containsKey(name)) {
                throw new InspectionException("the query names :" + name + ", which is no parameter of the dataset");
            }
        }
        NamedSql.Bound bound = sql.bind(samples);
        try (LentConnection connection = connections.lend(source)) {
            try {
                List<Column> columns = columns(connection, bound);
                refuseWhatIsNoSelect(connection, bound);
                return columns;
            } catch (SQLException e) {
                connection.discard();
                throw e;
            }
        } catch (SQLException | SourceException e) {
            throw inspectionFailed(e);
        }
    }

    /** The query will stand inside another, where only one that reads may. */
    private static void refuseWhatIsNoSelect(LentConnection connection, NamedSql.Bound bound)
            throws SQLException, InspectionException {
        String inside = "select 1 from (\n" + bound.sql() + "\n) q";
        try (PreparedStatement statement = connection.prepare(inside, 1)) {
            if (connection.dialect() == Dialect.SQLITE
                    && statement.getParameterMetaData().getParameterCount()
                            != bound.values().size()) {
                throw new InspectionException("the query has parameters in another form than :name");
            }
            Bindings.bind(statement, 1, bound.values(), connection.dialect());
            // PostgreSQL's driver sends nothing before it is asked for something.
            statement.getMetaData();
        }
    }

    private static List<Column> columns(LentConnection connection, NamedSql.Bound bound)
            throws SQLException, InspectionException {
        try (PreparedStatement statement = connection.prepare(bound.sql(), 1)) {
            Bindings.bind(statement, 1, bound.values(), connection.dialect());
            ResultSetMetaData metaData = statement.getMetaData();
            if (metaData == null) {
                throw new InspectionException("the query gives no rows");
            }
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                ColumnType type = ColumnTypes.of(statement, metaData, i, connection.dialect());
                columns.add(new Column(metaData.getColumnLabel(i), type, false, null));
            }
            return columns;
        }
    }

    @Override
    public Set<String> parameters(Source source, String query) throws InspectionException {
        return parse(query, Dialect.of(source.url())).names();
    }

    @Override
    public boolean areOneName(Source source, String one, String other) throws InspectionException {
        try (LentConnection connection = connections.lend(source)) {
            return Names.areOne(connection, one, other);
        } catch (SQLException | SourceException e) {
            throw inspectionFailed(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks SQLite for its program to find the rows of one key: one that never goes round and gives a row in one place has found
     * them by unique indexes alone, so that no two rows of the query have that key. What the query compares with a parameter
     * counts too, and views and joins where they come to the same. Other databases: always false.
     */
    @Override
    public boolean isUnique(Source source, String query, List<KeyPart> key) throws InspectionException {
        Dialect dialect = Dialect.of(source.url());
        if (dialect != Dialect.SQLITE) {
            return false;
        }
        NamedSql sql = parse(query, dialect);
        Map<String, Object> values = sql.names().stream().collect(Collectors.toMap(name -> name, name -> ""));
        NamedSql.Bound bound = sql.bind(values);
        try (LentConnection connection = connections.lend(source)) {
            Names names = Names.of(connection);
            String oneKey = key.stream()
                    .map(part -> names.quote(part.column()) + " = ?")
                    .collect(Collectors.joining(" and "));
            return takesOneRow(connection, "explain select 1 from (\n" + bound.sql() + "\n) q where " + oneKey);
        } catch (SQLException | SourceException e) {
            throw inspectionFailed(e);
        }
    }

    private static boolean takesOneRow(LentConnection connection, String explain) throws SQLException {
        int rows = 0;
        try (PreparedStatement statement = connection.prepare(explain, Integer.MAX_VALUE);
                ResultSet program = statement.executeQuery()) {
            while (program.next()) {
                String step = program.getString("opcode");
                if (LOOPS.contains(step)) {
                    return false;
                }
                if (step.equals("ResultRow")) {
                    rows++;
                }
            }
        }
        return rows == 1;
    }

    private static NamedSql parse(String query, Dialect dialect) throws InspectionException {
        try {
            return NamedSql.parse(query, dialect);
        } catch (IllegalArgumentException e) {
            throw new InspectionException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A value of the right type for each parameter. They are bound and never run, but a strict database checks their types. */
    private static Map<String, Object> samples(List<Parameter> parameters) {
        Map<String, Object> samples = new HashMap<>();
        samples.put(PRINCIPAL, "");
        for (Parameter parameter : parameters) {
            Object sample = switch (parameter.type()) {
                case STRING -> "";
                case INTEGER -> 0L;
                case NUMBER -> BigDecimal.ZERO;
                case BOOLEAN -> false;
                case DATE -> "1970-01-01";
                case TIMESTAMP ->
                    parameter.bind() == Parameter.TimestampBinding.MILLIS ? (Object) 0L : "1970-01-01T00:00:00Z";
            };
            samples.put(parameter.name(), parameter.list() ? List.of(sample) : sample);
        }
        return samples;
    }

    /** The driver's words on one line. */
    private static InspectionException inspectionFailed(Exception e) {
        Throwable cause = e instanceof SourceException && e.getCause() != null ? e.getCause() : e;
        String words = String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return new InspectionException(words, e);
    }
}
