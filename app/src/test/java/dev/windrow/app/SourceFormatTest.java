package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of what javac and its formatter do not look at: scripts, the launcher, papers, and comments in Java. */
class SourceFormatTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PAGE = "api/src/main/resources/dev/windrow/api/page/";
    private static final String SCRIPTS = "**/src/main/resources/**/*.js";
    private static final String EXAMPLES = "examples/*/*.{js,html}";
    private static final String PAPERS = "**/*.md";
    private static final String FORM = "the form of scripts and papers";
    private static final int WIDTH = 120;
    private static final Pattern COMMENT = Pattern.compile("\\s*(\\*|/\\*|//|# ).*");

    /** Files with comments. */
    private static final Pattern SOURCE = Pattern.compile(
            "(.*\\.(java|js|yml)|.*/application\\.yaml|windrow|app/make-ready|app/take-apart|app/src/test/deb/\\w+|ops/debian/[\\w./-]+|benchmarks/\\w+|Dockerfile|\\.ci/run)");

    /** The format is put right, rather than judged, with {@code -Dwindrow.format=write}. */
    private static final boolean WRITES = "write".equals(System.getProperty("windrow.format"));

    /**
     * What a linter tells, of what TypeScript's checker can tell of JavaScript: names that are not there or not used,
     * code that is never reached, branches that fall through. Types are left out: the scripts name none.
     */
    private static final List<String> LINT = List.of(
            "TS1", "TS2300", "TS2304", "TS2305", "TS2307", "TS2451", "TS2552", "TS2554", "TS2588", "TS2614", "TS2695",
            "TS2774", "TS2801", "TS2839", "TS2845", "TS2872", "TS2873", "TS6133", "TS6192", "TS6196", "TS6198",
            "TS6199", "TS7027", "TS7028", "TS7029", "TS7030");

    @TempDir
    private Path tools;

    @Test
    void scriptsAndPapersAreInPrettiersFormat() throws IOException {
        Machine.requireProgram(FORM, "node", "nodejs");
        NodeTool prettier = NodeTool.unpacked("prettier", "bin/prettier.cjs", tools);
        ProcessRun run = prettier.run(ROOT, WRITES ? "--write" : "--check", SCRIPTS, EXAMPLES, PAPERS);
        assertThat(run.exit()).as("%s%s", run.out(), run.err()).isZero();
    }

    @Test
    void scriptsNameNothingThatIsNotThereAndNothingForNothing() throws IOException {
        Machine.requireProgram(FORM, "node", "nodejs");
        assertThat(lint("windrow.js", "page.js")).isEmpty();
    }

    @Test
    void theLinterSeesWhatIsWrong() throws IOException {
        Machine.requireProgram(FORM, "node", "nodejs");
        Path bad = Files.writeString(tools.resolve("bad.js"), """
                import { base } from "./nowhere.js";
                const unused = 1;
                export function late(one) {
                  switch (one) {
                    case 1:
                      one++;
                    default:
                      return misspelt(one);
                  }
                }
                """);
        assertThat(lint(bad.toString())).hasSize(5);
    }

    @Test
    void shellScriptsAreSound() {
        Machine.requireProgram(FORM, "shellcheck", "shellcheck");
        ProcessRun run = ProcessRun.of(
                ROOT,
                List.of(
                        "shellcheck",
                        "windrow",
                        "app/make-ready",
                        "app/take-apart",
                        "app/src/test/deb/machine",
                        "app/src/test/deb/steps",
                        "benchmarks/run",
                        "ops/debian/may-start",
                        "ops/debian/windrow",
                        "ops/debian/windrow-admin",
                        "ops/debian/with-environment",
                        "ops/debian/control/postinst",
                        "ops/debian/control/postrm",
                        "ops/debian/control/prerm",
                        ".ci/run"));
        assertThat(run.exit()).as("%s%s", run.out(), run.err()).isZero();
    }

    @Test
    void commentsAreNoWiderThanTheEditorsLine() throws IOException {
        List<String> wide = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(SourceFormatTest::isSource).toList()) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (line.length() > WIDTH && COMMENT.matcher(line).matches() && !line.contains("://")) {
                        wide.add(ROOT.relativize(file) + ":" + number);
                    }
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    private static boolean isSource(Path file) {
        String path = ROOT.relativize(file).toString();
        return !path.contains("target/") && SOURCE.matcher(path).matches() && Files.isRegularFile(file);
    }

    private List<String> lint(String... scripts) throws IOException {
        NodeTool checker = NodeTool.unpacked("typescript", "bin/tsc", tools);
        List<String> files = Stream.of(scripts)
                .map(script -> script.startsWith("/") ? script : path(script))
                .toList();
        List<String> arguments = new ArrayList<>(List.of(
                "--allowJs",
                "--checkJs",
                "--noEmit",
                "--pretty",
                "false",
                "--strict",
                "false",
                "--target",
                "es2024",
                "--lib",
                "es2024,dom,dom.iterable,dom.asynciterable",
                "--module",
                "es2022",
                "--moduleResolution",
                "bundler",
                "--noUnusedLocals",
                "--noUnusedParameters",
                "--noImplicitReturns",
                "--noFallthroughCasesInSwitch",
                "--allowUnreachableCode",
                "false"));
        arguments.addAll(files);
        ProcessRun run = checker.run(ROOT, arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return run.out()
                .lines()
                .filter(line -> LINT.stream().anyMatch(code -> line.contains("error " + code)))
                .toList();
    }

    private static String path(String script) {
        return PAGE + (script.equals("windrow.js") ? "button/" : "") + script;
    }
}
