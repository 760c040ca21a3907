package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.Dialect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the words of a statement or of a view tell of its columns. No parser: it finds too much rather than too little,
 * but {@link #makes}.
 */
final class SqlText {
    private static final Set<String> COMPOUND = Set.of("union", "except", "intersect");

    private final List<String> tokens;

    private SqlText(List<String> tokens) {
        this.tokens = tokens;
    }

    static SqlText of(String sql, Dialect dialect) {
        return new SqlText(new NamedSqlScanner(sql, dialect).tokens());
    }

    /** Without quotes and in lower case, as a name that might be meant. */
    static String name(String token) {
        boolean quoted = token.length() > 1 && "\"`[".indexOf(token.charAt(0)) >= 0;
        return (quoted ? token.substring(1, token.length() - 1) : token).toLowerCase(Locale.ROOT);
    }

    /** All that may be names of tables, views and functions, see {@link #name}. */
    List<String> names() {
        return tokens.stream().map(SqlText::name).distinct().toList();
    }

    boolean hasWindow() {
        return IntStream.range(0, tokens.size()).anyMatch(this::isOver);
    }

    /** Whether it joins the rows of several selects, of which a database may tell one select's columns only. */
    boolean isCompound() {
        return tokens.stream().anyMatch(token -> COMPOUND.contains(token.toLowerCase(Locale.ROOT)));
    }

    private boolean isOver(int at) {
        return tokens.get(at).equalsIgnoreCase("over")
                && at + 1 < tokens.size()
                && (tokens.get(at + 1).equals("(") || isName(tokens.get(at + 1)));
    }

    private static boolean isName(String token) {
        return token.length() > 1 || Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    /** A select within as many brackets, and whether the expression that is read has a window function. */
    private static final class Select {
        private final int depth;
        private boolean windowed;

        Select(int depth) {
            this.depth = depth;
        }
    }

    /**
     * Whether a select of it has a column of that name whose expression has a window function; what is named elsewhere
     * is not found.
     */
    boolean makes(String column) {
        Deque<Select> selects = new ArrayDeque<>(List.of(new Select(1)));
        for (int at = 0; at < tokens.size(); at++) {
            Select select = selects.element();
            if (selects.size() == select.depth && endsColumn(at)) {
                if (select.windowed && name(tokens.get(at - 1)).equals(name(column))) {
                    return true;
                }
                select.windowed = false;
            }
            select.windowed |= isOver(at);
            if (tokens.get(at).equals("(")) {
                boolean own = at + 1 < tokens.size() && tokens.get(at + 1).equalsIgnoreCase("select");
                selects.push(own ? new Select(selects.size() + 1) : select);
            } else if (tokens.get(at).equals(")") && selects.size() > 1) {
                selects.pop();
            }
        }
        return false;
    }

    private boolean endsColumn(int at) {
        String token = tokens.get(at);
        return token.equals(",") || token.equals(")") || token.equalsIgnoreCase("from");
    }
}
