package dev.windrow.app;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the product writes to its log for an operator, read off its source. */
final class LogEvents {
    private static final Set<String> LEVELS = Set.of("info", "warn", "error");

    private LogEvents() {}

    /**
     * @param level such as {@code warn}
     * @param message with {@code …} for what is put in
     * @param where the file
     */
    record Event(String level, String message, String where) {
        /** Whether a row of the manual is about this event. */
        boolean begins(Event row) {
            return level.equals(row.level()) && message.startsWith(row.message());
        }
    }

    /** Those of the modules' main code, but for the examples and the benchmarks, which are no part of a server. */
    static List<Event> all() {
        List<Event> events = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                unit.accept(new Calls(String.valueOf(file.getFileName()), events), null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                Path java = module.resolve(Path.of("src", "main", "java"));
                String name = module.getFileName().toString();
                if (Files.isDirectory(java) && !Set.of("examples", "benchmarks").contains(name)) {
                    try (Stream<Path> files = Files.walk(java)) {
                        sources.addAll(files.filter(file -> file.toString().endsWith(".java"))
                                .toList());
                    }
                }
            }
        }
        return sources;
    }

    /** Calls such as {@code log.warn("…", …)}. */
    private static final class Calls extends TreeScanner<Void, Void> {
        private final String where;
        private final List<Event> events;

        Calls(String where, List<Event> events) {
            this.where = where;
            this.events = events;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getExpression().toString().equalsIgnoreCase("log")
                    && LEVELS.contains(select.getIdentifier().toString())) {
                String message = text(call.getArguments().get(0)).replace("{}", "…");
                events.add(new Event(select.getIdentifier().toString(), message, where));
            }
            return super.visitMethodInvocation(call, null);
        }

        /** Of literals and their sums; a message that is anything else has no row to find. */
        private String text(ExpressionTree message) {
            if (message instanceof LiteralTree literal) {
                return String.valueOf(literal.getValue());
            }
            if (message instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                return text(sum.getLeftOperand()) + text(sum.getRightOperand());
            }
            throw new AssertionError(where + " logs what is no constant: " + message);
        }
    }
}
