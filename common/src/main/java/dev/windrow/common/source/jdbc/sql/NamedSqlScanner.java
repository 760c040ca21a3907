package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the named parameters of one statement, and steps over whatever only looks like one: quoted text and names,
 * comments, {@code ::} casts. What the statement is apart from that is for the database to say.
 */
final class NamedSqlScanner {
    private final String sql;
    private final Dialect dialect;
    private final List<String> texts = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int at;
    private boolean ended;

    NamedSqlScanner(String sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    /**
     * Cuts the statement at its parameters.
     *
     * @throws IllegalArgumentException when it is more than one statement, or has a positional parameter
     */
    void cut() {
        while (at < sql.length()) {
            int skipped = lengthOfInert();
            if (skipped > 0) {
                take(skipped);
            } else {
                takeOne(sql.charAt(at));
            }
        }
        texts.add(text.toString());
    }

    /** What stands before, between and after the parameters. */
    List<String> texts() {
        return texts;
    }

    /** Names without the colon, in order, as often as they are used. */
    List<String> parameters() {
        return parameters;
    }

    /** The words, the quoted names and the signs in order, without strings, comments and blanks. */
    List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int inert = lengthOfInert();
            int length = inert > 0 ? inert : Math.max(1, lengthOfName(at));
            boolean quotedName = inert > 0 && (c == '"' || c == '`' || c == '[');
            if (quotedName || (inert == 0 && !Character.isWhitespace(c))) {
                tokens.add(sql.substring(at, at + length));
            }
            at += length;
        }
        return tokens;
    }

    private void takeOne(char c) {
        if (c == ';') {
            ended = true;
            at++;
        } else if (ended && !Character.isWhitespace(c)) {
            throw new IllegalArgumentException("the query is more than one statement");
        } else if (c == ':' && peek(1) == ':') {
            take(2);
        } else if (c == ':' && isNameStart(peek(1))) {
            parameter();
        } else if (c == '?') {
            questionMark();
        } else {
            take(1);
        }
    }

    private void parameter() {
        int end = at + 1 + lengthOfName(at + 1);
        parameters.add(sql.substring(at + 1, end));
        texts.add(text.toString());
        text.setLength(0);
        at = end;
    }

    private int lengthOfName(int from) {
        int end = from;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        return end - from;
    }

    /**
     * PostgreSQL has operators with a question mark, and its driver wants them doubled; elsewhere it would be a
     * placeholder.
     */
    private void questionMark() {
        if (dialect != Dialect.POSTGRESQL) {
            throw new IllegalArgumentException(
                    "the query has a positional parameter (?); parameters are written :name");
        }
        text.append("??");
        at += peek(1) == '?' ? 2 : 1;
    }

    /** The length of the comment, quoted text or quoted name that begins here; 0 when none does. */
    private int lengthOfInert() {
        char c = sql.charAt(at);
        if (c == '-' && peek(1) == '-') {
            return to(sql.indexOf('\n', at), 0);
        }
        if (c == '#' && dialect == Dialect.MARIADB) {
            return to(sql.indexOf('\n', at), 0);
        }
        if (c == '/' && peek(1) == '*') {
            return blockComment();
        }
        if (ended) {
            return 0;
        }
        if (c == '\'' && isOfPostgresql() && isEscapeString()) {
            return escapeString(c);
        }
        if ((c == '\'' || c == '"') && dialect == Dialect.MARIADB) {
            return escapeString(c);
        }
        if (c == '\'' || c == '"' || c == '`') {
            return to(sql.indexOf(c, at + 1), 1);
        }
        if (c == '[' && dialect == Dialect.SQLITE) {
            return to(sql.indexOf(']', at), 1);
        }
        return c == '$' && isOfPostgresql() ? dollarQuoted() : 0;
    }

    /** DuckDB has PostgreSQL's texts and comments. */
    private boolean isOfPostgresql() {
        return dialect == Dialect.POSTGRESQL || dialect == Dialect.DUCKDB;
    }

    private int blockComment() {
        int depth = 0;
        for (int i = at; i < sql.length() - 1; i++) {
            if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1 - at;
                }
            } else if (sql.startsWith("/*", i)) {
                // Only PostgreSQL's comments nest.
                depth = isOfPostgresql() ? depth + 1 : 1;
                i++;
            }
        }
        return sql.length() - at;
    }

    private boolean isEscapeString() {
        return at > 0
                && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E')
                && (at == 1 || !isNamePart(sql.charAt(at - 2)));
    }

    /** A backslash takes what follows it, as in all of MariaDB's texts unless its sql_mode says otherwise. */
    private int escapeString(char quote) {
        int i = at + 1;
        while (i < sql.length() && sql.charAt(i) != quote) {
            i += sql.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, sql.length()) - at;
    }

    private int dollarQuoted() {
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && isNamePart(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean opens = tagEnd < sql.length()
                && sql.charAt(tagEnd) == '$'
                && !Character.isDigit(peek(1))
                && (at == 0 || !isNamePart(sql.charAt(at - 1)));
        if (!opens) {
            return 0;
        }
        String tag = sql.substring(at, tagEnd + 1);
        return to(sql.indexOf(tag, tagEnd + 1), tag.length());
    }

    /** The length up to there and so many further; up to the end when there is none. */
    private int to(int index, int further) {
        return (index < 0 ? sql.length() : index + further) - at;
    }

    /** Takes over so many characters as they are; nothing after the statement's end, which is only comment. */
    private void take(int length) {
        if (!ended) {
            text.append(sql, at, at + length);
        }
        at += length;
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }
}
