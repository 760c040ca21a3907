package dev.windrow.common.catalog.yaml;

import java.util.List;

/**
 * A catalog that can't be used. The message holds every problem, one per line: file, line, what is wrong, and the fix.
 */
public final class InvalidCatalogException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    InvalidCatalogException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems in the order of files and lines; not empty. */
    public List<String> problems() {
        return problems;
    }
}
