package dev.windrow.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/** What the machine of the tests has. What a developer's may lack, CI's must have. */
public final class Machine {
    private Machine() {}

    /** The program of that name on the path. */
    public static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Skips the test aloud where a program is missing, but fails it where the environment says CI.
     *
     * @param untested what is not tested then
     * @param debian the package that has it
     */
    public static void requireProgram(String untested, String name, String debian) {
        require(
                program(name).isPresent(),
                untested + ". Install " + name + " (on Debian: apt install " + debian + ").");
    }

    /**
     * Skips the test aloud, but fails it where the environment says CI.
     *
     * @param isThere nothing happens then
     * @param untested what is not tested, and what would change that
     */
    public static void require(boolean isThere, String untested) {
        if (isThere) {
            return;
        }
        String loud = "NOT TESTED: " + untested;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(loud);
        }
        System.err.println("\n******** " + loud + "\n");
        throw new TestAbortedException(loud);
    }
}
