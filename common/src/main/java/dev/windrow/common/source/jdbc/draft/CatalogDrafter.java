package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drafts a catalog from what a live database tells of its tables and views: a dataset for each that has a key. Each
 * query is prepared by the database before it is in the draft, and none is run; of a column that an index begins with
 * the least and the greatest value may be read. Safe for use by many threads.
 */
public final class CatalogDrafter {
    /** A file of a catalog has so many characters at most; the end is for what stands before the datasets. */
    private static final int MOST_CHARACTERS = (1 << 20) - (1 << 16);

    private static final int MOST_OMITTED_SHOWN = 200;

    private final SourceConnections connections;
    private final JdbcSourceInspector inspector;
    private final Collection<Format> formats;

    /**
     * A drafter.
     *
     * @param connections the caller closes them
     * @param formats that the datasets may be exported in, the default first
     */
    public CatalogDrafter(SourceConnections connections, Collection<Format> formats) {
        this.connections = connections;
        this.inspector = new JdbcSourceInspector(connections);
        this.formats = List.copyOf(formats);
    }

    /**
     * Drafts it; takes some milliseconds for each table.
     *
     * @throws InspectionException when the database can't be reached, or does not tell its tables; the message is for
     *     the operator, on one line, and may hold the source's own words
     */
    public CatalogDraft draft(DraftedSource source) throws InspectionException {
        inspector.reach(source.source());
        List<String> omitted = new ArrayList<>();
        List<DraftedDataset> datasets = new ArrayList<>();
        List<Relation> relations = relations(source);
        Map<Relation, String> names = DatasetNames.of(relations);
        for (Relation relation : relations) {
            try {
                datasets.add(dataset(source, relation, String.valueOf(names.get(relation))));
            } catch (UndraftedException e) {
                omitted.add(YamlText.comment(relation.label()) + ": "
                        + YamlText.comment(source.redact(String.valueOf(e.getMessage()))));
            }
        }
        return text(source, datasets, omitted);
    }

    private List<Relation> relations(DraftedSource source) throws InspectionException {
        try (LentConnection connection = connections.lend(source.source())) {
            return Relations.of(connection);
        } catch (SQLException | SourceException e) {
            throw new InspectionException("the database does not tell its tables: " + e.getMessage(), e);
        }
    }

    private DraftedDataset dataset(DraftedSource source, Relation relation, String name) throws UndraftedException {
        if (relation.refused() != null) {
            throw new UndraftedException(relation.refused());
        }
        TableDraft table = table(source, relation, name);
        DraftedDataset whole = table.dataset();
        String fault = fault(source, whole);
        DraftedDataset dataset = fault == null ? whole : whole.withoutFilters();
        if (fault != null && (whole.parameters().isEmpty() || fault(source, dataset) != null)) {
            throw new UndraftedException(fault);
        }
        if (!table.proven() && !isUnique(source, dataset)) {
            throw new UndraftedException(relation.view() ? TableDraft.NO_KEY_OF_A_VIEW : TableDraft.NO_KEY);
        }
        return dataset;
    }

    private TableDraft table(DraftedSource source, Relation relation, String name) throws UndraftedException {
        try (LentConnection connection = connections.lend(source.source())) {
            try {
                return TableDraft.of(connection, relation, name);
            } catch (SQLException e) {
                // Its transaction is broken.
                connection.discard();
                throw e;
            }
        } catch (SQLException | SourceException e) {
            throw new UndraftedException("the database does not tell its columns: " + oneLine(e));
        }
    }

    /** Why the database does not take its statements; null when it does. */
    private @Nullable String fault(DraftedSource source, DraftedDataset dataset) {
        try {
            inspector.describe(source.source(), dataset.query(), dataset.parameters());
            inspector.prepareReading(source.source(), dataset.query(), dataset.parameters(), key(dataset));
            return null;
        } catch (InspectionException e) {
            return oneLine(e);
        }
    }

    private boolean isUnique(DraftedSource source, DraftedDataset dataset) {
        try {
            return inspector.uniqueness(source.source(), dataset.query(), dataset.parameters(), key(dataset))
                    == Uniqueness.UNIQUE;
        } catch (InspectionException e) {
            return false;
        }
    }

    private static List<KeyPart> key(DraftedDataset dataset) {
        return dataset.key().stream().map(column -> new KeyPart(column, false)).toList();
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    }

    private CatalogDraft text(DraftedSource source, List<DraftedDataset> datasets, List<String> omitted) {
        String words = YamlText.list(formats.stream().map(Format::id).toList());
        boolean full = length(source, datasets, words) < MOST_CHARACTERS;
        List<String> left = new ArrayList<>(omitted);
        List<String> names = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (DraftedDataset dataset : datasets) {
            String yaml = dataset.yaml(source.name(), words, full);
            if (body.length() + yaml.length() < MOST_CHARACTERS) {
                body.append('\n').append(yaml);
                names.add(dataset.name());
            } else {
                left.add(YamlText.comment(dataset.relation().label())
                        + ": the file is full; write it into another file of a folder of catalogs");
            }
        }
        return new CatalogDraft(head(source, left) + body, names, left);
    }

    private static int length(DraftedSource source, List<DraftedDataset> datasets, String formats) {
        int length = 0;
        for (DraftedDataset dataset : datasets) {
            length += dataset.yaml(source.name(), formats, true).length();
            if (length > MOST_CHARACTERS) {
                return length;
            }
        }
        return length;
    }

    private static String head(DraftedSource source, List<String> omitted) {
        StringBuilder head = new StringBuilder("""
                # yaml-language-server: $schema=http://127.0.0.1:8080/catalog.schema.json
                # A draft of what may be exported; everything in it may be changed. All fields: docs/catalog.md
                """);
        if (!omitted.isEmpty()) {
            head.append("#\n# Not drafted:\n");
            omitted.stream()
                    .limit(MOST_OMITTED_SHOWN)
                    .forEach(line -> head.append("# - ").append(line).append('\n'));
            if (omitted.size() > MOST_OMITTED_SHOWN) {
                head.append("# - and ")
                        .append(omitted.size() - MOST_OMITTED_SHOWN)
                        .append(" more\n");
            }
        }
        head.append("\nsources:\n  ").append(source.name()).append(":\n");
        source.yaml().forEach(line -> head.append("    ").append(line).append('\n'));
        return head.append("\ndatasets:").toString();
    }
}
