package dev.windrow.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * An npm package that is a program and needs no other package (brought by Maven as a webjar), for the machine's
 * Node.js.
 */
final class NodeTool {
    private final Path script;

    private NodeTool(Path script) {
        this.script = script;
    }

    /**
     * @param name of the npm package
     * @param program the script in it
     * @param folder to unpack it into
     */
    static NodeTool unpacked(String name, String program, Path folder) throws IOException {
        String prefix = "META-INF/resources/webjars/" + name + "/" + version(name) + "/";
        URL manifest = Objects.requireNonNull(NodeTool.class.getResource("/" + prefix + "package.json"), name);
        Path root = folder.resolve(name);
        try (JarFile jar = ((JarURLConnection) manifest.openConnection()).getJarFile()) {
            List<JarEntry> entries = jar.stream()
                    .filter(each -> !each.isDirectory() && each.getName().startsWith(prefix))
                    .toList();
            for (JarEntry entry : entries) {
                Path file = root.resolve(entry.getName().substring(prefix.length()));
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
        return new NodeTool(root.resolve(program));
    }

    private static String version(String name) throws IOException {
        Properties coordinates = new Properties();
        String path = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (InputStream in = Objects.requireNonNull(NodeTool.class.getResourceAsStream(path), path)) {
            coordinates.load(in);
        }
        return coordinates.getProperty("version");
    }

    /** Runs it in that folder, to its end. */
    ProcessRun run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(Arrays.asList(arguments));
        return ProcessRun.of(folder, command);
    }
}
