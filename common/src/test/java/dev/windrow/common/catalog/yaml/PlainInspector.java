package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks a real SQLite file, in the fewest lines that tell the catalog's tests what the real inspector would. */
final class PlainInspector implements SourceInspector {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");
    private static final Pattern TABLE = Pattern.compile("from (\\w+)");

    @Override
    public List<Column> describe(Source source, String query, List<Parameter> parameters) throws InspectionException {
        Set<String> names = new HashSet<>(Set.of("principal"));
        parameters.forEach(parameter -> names.add(parameter.name()));
        Matcher matcher = PARAMETER.matcher(query);
        while (matcher.find()) {
            if (!names.contains(matcher.group(1))) {
                throw new InspectionException("no parameter :" + matcher.group(1));
            }
        }
        try (Connection connection = connect(source);
                PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData metaData = statement.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                ColumnType type = switch (metaData.getTableName(i).isEmpty() ? "" : metaData.getColumnTypeName(i)) {
                    case "INTEGER" -> ColumnType.INTEGER;
                    case "REAL" -> ColumnType.NUMBER;
                    case "BLOB" -> ColumnType.BYTES;
                    case "TEXT" -> ColumnType.STRING;
                    default -> ColumnType.ANY;
                };
                columns.add(new Column(metaData.getColumnLabel(i), type, false, null));
            }
            return columns;
        } catch (SQLException e) {
            throw new InspectionException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> refusesSnapshot(Source source) {
        return Optional.empty();
    }

    /** A key that is called json stands for one of a type without an order. */
    @Override
    public void prepareReading(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException {
        if (key.stream().anyMatch(part -> part.column().equals("json"))) {
            throw new InspectionException("the key's json has no order");
        }
    }

    @Override
    public List<Remark> remarks(Source source, String query, List<Parameter> parameters, List<KeyPart> key) {
        return query.contains("order by")
                ? List.of(Remark.warning("sorts all rows"), Remark.information("of one table"))
                : List.of();
    }

    @Override
    public List<String> movingKeys(Source source, String query, List<Parameter> parameters, List<KeyPart> key) {
        return query.contains("over (") ? List.of(key.get(0).column()) : List.of();
    }

    @Override
    public Uniqueness uniqueness(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException {
        Matcher table = TABLE.matcher(query);
        if (!table.find()) {
            return Uniqueness.UNKNOWN;
        }
        Set<String> primary = new HashSet<>();
        try (Connection connection = connect(source);
                ResultSet keys = connection.getMetaData().getPrimaryKeys(null, null, table.group(1))) {
            while (keys.next()) {
                primary.add(keys.getString("COLUMN_NAME"));
            }
        } catch (SQLException e) {
            throw new InspectionException(String.valueOf(e.getMessage()), e);
        }
        boolean unique =
                !primary.isEmpty() && key.stream().map(KeyPart::column).toList().containsAll(primary);
        return unique ? Uniqueness.UNIQUE : Uniqueness.NOT_UNIQUE;
    }

    @Override
    public Set<String> parameters(Source source, String query) {
        return PARAMETER.matcher(query).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    @Override
    public boolean areOneName(Source source, String one, String other) {
        return one.equalsIgnoreCase(other);
    }

    private static Connection connect(Source source) throws SQLException {
        return DriverManager.getConnection(source.url(), source.username(), source.password());
    }
}
