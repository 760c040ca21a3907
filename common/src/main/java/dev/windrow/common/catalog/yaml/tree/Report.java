package dev.windrow.common.catalog.yaml.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with a catalog, so that the operator is told all of it at once, in the order of the lines. */
public final class Report {
    private final List<Entry> problems = new ArrayList<>();
    private final List<Entry> warnings = new ArrayList<>();
    private final List<Entry> notes = new ArrayList<>();

    private record Entry(int fileIndex, int line, String text) {}

    /** The root of a file's places. */
    public Place file(int index, String name) {
        return new Place(index, name, "");
    }

    /** Whether the catalog is to be refused. */
    public boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** What refuses the catalog, a line each, in the order of the files and lines. */
    public List<String> problems() {
        return inOrder(problems);
    }

    /** What should be changed, in the same order. */
    public List<String> warnings() {
        return inOrder(warnings);
    }

    /** What is worth knowing and asks for nothing, in the same order. */
    public List<String> notes() {
        return inOrder(notes);
    }

    private static List<String> inOrder(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparingInt(Entry::fileIndex).thenComparingInt(Entry::line))
                .map(Entry::text)
                .collect(Collectors.toUnmodifiableList());
    }

    /** A part of a file: what is said there begins with the file, the line, and what the part is. */
    public final class Place {
        private final int fileIndex;
        private final String file;
        private final String context;

        private Place(int fileIndex, String file, String context) {
            this.fileIndex = fileIndex;
            this.file = file;
            this.context = context;
        }

        /** A part of this part. */
        public Place within(String part) {
            return new Place(fileIndex, file, context.isEmpty() ? part : context + ", " + part);
        }

        /** Refuses the catalog for what is in this line; 0 for the file as a whole. */
        public void problem(int line, String text) {
            problems.add(entry(line, text));
        }

        /** Says what should be changed in this line. */
        public void warning(int line, String text) {
            warnings.add(entry(line, text));
        }

        /** Says what is worth knowing of this line. */
        public void note(int line, String text) {
            notes.add(entry(line, text));
        }

        /** How others name this line. */
        public String at(int line) {
            return file + ":" + line;
        }

        /** Line 0 is the file as a whole. */
        private Entry entry(int line, String text) {
            String where = line == 0 ? file : at(line);
            String what = context.isEmpty() ? text : context + ": " + text;
            // Names and messages may hold anything, and one problem is one line.
            return new Entry(fileIndex, line, where + ": " + what.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "));
        }
    }
}
