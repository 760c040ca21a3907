package dev.windrow.app.home;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Secrets that no setting names, each made once: for one home kept in a file of it, for all processes of a database
 * server kept in the table {@code secrets}, so that what one of them has signed is good at the others.
 */
public final class Secrets {
    private static final String KEEP =
            "insert into secrets (name, value) values (:name, :value) on conflict (name) do nothing";

    private final @Nullable StatusDatabase shared;

    private Secrets(@Nullable StatusDatabase shared) {
        this.shared = shared;
    }

    /** Of one home. */
    public static Secrets ofHome() {
        return new Secrets(null);
    }

    /** Of all processes that use this database, which is at this version already. */
    public static Secrets of(StatusDatabase database) {
        return new Secrets(database);
    }

    /**
     * The secret that a home keeps in that file, made where there is none. Where the database keeps them, it has the
     * file's name there; the file of a home that has one already is what the first process puts in.
     *
     * @throws IOException where the file can't be read, or holds something else
     * @throws ExportsUnavailableException when the database can't be reached
     */
    public String of(Path file) throws IOException {
        StatusDatabase database = shared;
        if (database == null) {
            return KeptSecret.of(file);
        }
        String name = String.valueOf(file.getFileName());
        Optional<String> known = database.reading(client -> find(client, name));
        return known.isPresent() ? known.get() : keep(database, name, KeptSecret.orFresh(file));
    }

    /** Whoever comes second takes what the first one has put in. */
    private static String keep(StatusDatabase database, String name, String offered) {
        JdbcClient client = JdbcClient.create(database.migrationSource());
        return database.transactions()
                .inOne(
                        () -> {
                            client.sql(KEEP)
                                    .param("name", name)
                                    .param("value", offered)
                                    .update();
                            return find(client, name).orElseThrow();
                        },
                        Optional::empty);
    }

    private static Optional<String> find(JdbcClient client, String name) {
        return client.sql("select value from secrets where name = :name")
                .param("name", name)
                .query(String.class)
                .optional();
    }
}
