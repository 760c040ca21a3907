package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.SafeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table or view as a dataset of one file.
 *
 * @param name in the API
 * @param columns those that have a name
 * @param filters with sentences for the operator
 * @param references what columns refer to, in words, by the columns' names
 * @param quote what stands around a name in the source's SQL
 */
record DraftedDataset(
        String name,
        Relation relation,
        List<DraftedColumn> columns,
        List<String> key,
        DateFilterList filters,
        Map<String, String> references,
        String quote) {
    private static final int MOST_OF_A_NAME = 59;
    private static final Set<String> TAKEN = Set.of("manifest", "datapackage");

    /** Without their signs, in small letters. */
    private static final Set<String> OWNERS = Set.of(
            "owner",
            "ownerid",
            "user",
            "userid",
            "username",
            "tenant",
            "tenantid",
            "account",
            "accountid",
            "customer",
            "customerid",
            "client",
            "clientid",
            "organisation",
            "organisationid",
            "organization",
            "organizationid",
            "orgid",
            "company",
            "companyid",
            "createdby",
            "author",
            "authorid");

    /** The filters, and what is to be said beside them. */
    record DateFilterList(List<DateFilter> filters, List<String> remarks) {
        static final DateFilterList NONE = new DateFilterList(List.of(), List.of());

        DateFilterList {
            filters = List.copyOf(filters);
            remarks = List.copyOf(remarks);
        }
    }

    DraftedDataset {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        references = Map.copyOf(references);
    }

    DraftedDataset withoutFilters() {
        return new DraftedDataset(name, relation, columns, key, DateFilterList.NONE, references, quote);
    }

    List<Parameter> parameters() {
        return filters.filters().stream().flatMap(DateFilter::parameters).toList();
    }

    String query() {
        return String.join("\n", queryLines());
    }

    private List<String> queryLines() {
        List<String> lines = new ArrayList<>();
        lines.add("select "
                + columns.stream()
                        .map(column -> Relation.quoted(column.name(), quote))
                        .collect(Collectors.joining(", ")));
        lines.add("from " + relation.quoted(quote));
        List<String> conditions = filters.filters().stream()
                .flatMap(filter -> filter.sql(quote).stream())
                .toList();
        for (int i = 0; i < conditions.size(); i++) {
            lines.add((i == 0 ? "where " : "  and ") + conditions.get(i));
        }
        return lines;
    }

    /**
     * Lines of YAML, indented as below {@code datasets}.
     *
     * @param source the source's name
     * @param formats in their order, as YAML has them
     * @param full whether each column has a line of its own
     */
    String yaml(String source, String formats, boolean full) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("  ").append(name).append(":\n");
        line(yaml, 4, "title: " + YamlText.scalar(relation.label()));
        line(yaml, 4, "source: " + source);
        line(yaml, 4, "formats: " + formats);
        if (!filters.filters().isEmpty()) {
            line(yaml, 4, "parameters:");
            filters.filters().stream().flatMap(filter -> filter.yaml().stream()).forEach(text -> line(yaml, 6, text));
        }
        filters.remarks().forEach(remark -> line(yaml, 4, "# " + remark));
        columns.stream().filter(DraftedDataset::isOwner).forEach(column -> owner(yaml, column));
        line(yaml, 4, "files:");
        line(yaml, 6, "- name: " + fileName());
        line(yaml, 8, "query: " + YamlText.block(queryLines(), " ".repeat(10)));
        line(yaml, 8, "key: " + YamlText.list(key));
        if (full) {
            line(yaml, 8, "columns:");
            columns.forEach(column -> line(yaml, 10, column(column)));
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, int indent, String text) {
        yaml.append(" ".repeat(indent)).append(text).append('\n');
    }

    private static boolean isOwner(DraftedColumn column) {
        return OWNERS.contains(DatasetNames.slug(column.name()).replace("-", "").toLowerCase(Locale.ROOT));
    }

    private void owner(StringBuilder yaml, DraftedColumn column) {
        line(
                yaml,
                4,
                "# " + YamlText.comment(column.name())
                        + " seems to say whose a row is. To give callers their own alone,"
                        + " write " + (filters.filters().isEmpty() ? "where " : "and ")
                        + YamlText.comment(Relation.quoted(column.name(), quote)) + " = :principal,");
        line(yaml, 4, "# or compare it with a claim of access.");
    }

    private String column(DraftedColumn column) {
        String reference = references.get(column.name());
        return "- { name: " + YamlText.scalar(column.name()) + " } # "
                + column.type().id()
                + (reference == null ? "" : ", refers to " + YamlText.comment(reference));
    }

    private String fileName() {
        return SafeName.isReserved(name) || TAKEN.contains(name)
                ? name.substring(0, Math.min(name.length(), MOST_OF_A_NAME)) + "-rows"
                : name;
    }
}
