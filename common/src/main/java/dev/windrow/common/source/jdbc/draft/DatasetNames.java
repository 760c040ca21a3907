package dev.windrow.common.source.jdbc.draft;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives each table a name of its own that a dataset may have, always the same for the same schema. */
final class DatasetNames {
    private static final int MOST = 64;
    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

    private DatasetNames() {}

    /** @return by the relations, which are different ones */
    static Map<Relation, String> of(List<Relation> relations) {
        Map<String, Set<String>> schemas = new HashMap<>();
        for (Relation relation : relations) {
            schemas.computeIfAbsent(slug(relation.name()), slug -> new HashSet<>())
                    .add(String.valueOf(relation.schema()));
        }
        Map<Relation, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Relation relation : relations) {
            String slug = slug(relation.name());
            boolean shared = schemas.getOrDefault(slug, Set.of()).size() > 1;
            String wish = shared ? slug(relation.schema() + "-" + relation.name()) : slug;
            String name = wish.isEmpty() ? "table" : wish;
            for (int number = 2; !taken.add(name); number++) {
                String end = "-" + number;
                String begin = wish.isEmpty() ? "table" : wish;
                name = begin.substring(0, Math.min(begin.length(), MOST - end.length())) + end;
            }
            names.put(relation, name);
        }
        return names;
    }

    /** Small letters, digits and single dashes; empty where the text has no letter that is one of the alphabet's. */
    static String slug(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFKD))
                .replaceAll("");
        String dashed = OTHERS.matcher(HUMP.matcher(plain).replaceAll("-").toLowerCase(Locale.ROOT))
                .replaceAll("-");
        String slug = trimmed(dashed);
        return slug.length() <= MOST ? slug : trimmed(slug.substring(0, MOST));
    }

    private static String trimmed(String dashed) {
        int from = dashed.startsWith("-") ? 1 : 0;
        int to = dashed.length() > from && dashed.endsWith("-") ? dashed.length() - 1 : dashed.length();
        return dashed.substring(from, to);
    }
}
