package dev.windrow.common.source.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another program that changes rows of a case, but never so that two keys are equal or one holds a null. */
final class OrderChanges implements AutoCloseable {
    private final OrderCase changed;
    private final Random random;
    private final Connection connection;
    private final List<Long> ids = new ArrayList<>();
    private final Map<Long, String> inserts;
    private final List<Long> deleted = new ArrayList<>();
    private final Set<Long> touched = new HashSet<>();
    private final Set<Long> moved = new HashSet<>();
    private long added = 500_000;
    final List<String> log = new ArrayList<>();

    /**
     * @param before the rows at the beginning
     * @param inserts what made each row, by its id
     */
    OrderChanges(OrderCase changed, OrderOracle before, Map<Long, String> inserts, TestDatabase database, Random random)
            throws SQLException {
        this.changed = changed;
        this.inserts = inserts;
        this.random = random;
        this.connection = OrderContract.writer(database);
        connection.setAutoCommit(false);
        int id = changed.columns().indexOf("id");
        before.rows().forEach(row -> ids.add((Long) row.get(id)));
    }

    /** Ids of rows that were deleted, or of which a value was changed. */
    Set<Long> touched() {
        return touched;
    }

    /** Ids of rows whose key was changed: they may be given where they were and where they went, or not at all. */
    Set<Long> moved() {
        return moved;
    }

    /** @param given the id of the row that was given last */
    void happen(@Nullable Long given) throws SQLException {
        long some = ids.isEmpty() ? 0 : ids.get(random.nextInt(ids.size()));
        long last = ids.isEmpty() ? 0 : ids.get(ids.size() - 1);
        long position = given == null ? some : given;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> insert();
            case 3 -> delete(position);
            case 4 -> delete(random.nextInt(4) == 0 ? last : some);
            case 5 -> replacePayload(some);
            case 6, 7 -> bringBack();
            default -> move(random.nextBoolean() ? position : some);
        }
    }

    private void insert() throws SQLException {
        RandomTable table = changed.tables().get(random.nextInt(changed.tables().size()));
        change(List.of(table.insert(table.firstId() + added++, random)));
    }

    private void delete(long id) throws SQLException {
        if (!deleted.contains(id) && change(each("delete from %s where id = " + id))) {
            touched.add(id);
            deleted.add(id);
        }
    }

    /** A row that was deleted, with the key that it had. */
    private void bringBack() throws SQLException {
        if (!deleted.isEmpty()) {
            long id = deleted.remove(random.nextInt(deleted.size()));
            String insert = inserts.get(id);
            if (insert != null) {
                change(List.of(insert));
            }
        }
    }

    private void replacePayload(long id) throws SQLException {
        if (change(each("update %s set p = 'new' where id = " + id))) {
            touched.add(id);
        }
    }

    private void move(long id) throws SQLException {
        if (change(
                changed.tables().stream().map(table -> table.update(id, random)).toList())) {
            touched.add(id);
            moved.add(id);
        }
    }

    private List<String> each(String sql) {
        return changed.tables().stream()
                .map(table -> sql.replace("%s", table.name()))
                .toList();
    }

    /** @return false when nothing was changed, since the key would be none, or a reader is in the way */
    private boolean change(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            if (OrderOracle.of(changed, connection).isKey()) {
                connection.commit();
                log.addAll(statements);
                return true;
            }
        } catch (SQLException e) {
            if (!e.getMessage().contains("SQLITE_BUSY")
                    && !e.getMessage().contains("SQLITE_LOCKED")
                    && !e.getMessage().contains("SQLITE_CONSTRAINT")) {
                throw e;
            }
        }
        connection.rollback();
        return false;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
