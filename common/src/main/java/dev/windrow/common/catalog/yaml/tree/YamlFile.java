package dev.windrow.common.catalog.yaml.tree;

import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads one file as a tree of nodes, which know their lines. Nothing is ever constructed from what the file says. */
public final class YamlFile {
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private YamlFile() {}

    /** The root of the tree; null when there is none, which is reported. */
    public static @Nullable Node read(Path path, Place place) {
        try {
            String text = Files.readString(path);
            Node root = compose(text, MAX_CHARACTERS, "is empty; write sources and datasets", place);
            return root != null && hasOnlyKnownTags(root, place) ? root : null;
        } catch (CharacterCodingException e) {
            place.problem(0, "is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            place.problem(
                    0, "can't be read (" + e.getClass().getSimpleName() + "); check the path and its permissions");
        }
        return null;
    }

    /** @param whenEmpty what is said of a text with nothing in it; null where that is right */
    static @Nullable Node compose(String file, int limit, @Nullable String whenEmpty, Place place) {
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(limit);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null && whenEmpty != null) {
                place.problem(1, whenEmpty);
            }
            return root;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            place.problem(mark == null ? 0 : mark.getLine() + 1, "not valid YAML: " + problem(e));
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(point -> point == '\n')
                            .count();
            place.problem(
                    line,
                    String.format(
                            Locale.ROOT,
                            "not valid YAML: the character U+%04X is not allowed; remove it",
                            e.getCodePoint()));
        } catch (YAMLException e) {
            place.problem(0, "not valid YAML: " + e.getMessage());
        }
        return null;
    }

    /** The parser's words, but where they repeat the file's own, which may be a password. */
    private static String problem(MarkedYAMLException e) {
        String problem = e.getProblem();
        if (problem == null) {
            return "check the indentation";
        } else if (problem.startsWith("found undefined alias")) {
            return "an alias without its anchor; put a value that begins with * in quotes";
        } else if (problem.startsWith("found undefined tag handle")) {
            return "an unknown tag; put a value that begins with ! in quotes";
        }
        return problem + "; check the indentation and the quotes here and above";
    }

    static boolean hasOnlyKnownTags(Node root, Place place) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return checkTags(root, place, seen);
    }

    private static boolean checkTags(Node node, Place place, Set<Node> seen) {
        if (!seen.add(node)) {
            return true;
        }
        boolean known = TAGS.contains(node.getTag());
        if (!known) {
            place.problem(Scalars.line(node), "tags are not supported; put a value that begins with ! in quotes");
        }
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                known &= checkTags(item, place, seen);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                known &= checkTags(tuple.getKeyNode(), place, seen);
                known &= checkTags(tuple.getValueNode(), place, seen);
            }
        }
        return known;
    }
}
