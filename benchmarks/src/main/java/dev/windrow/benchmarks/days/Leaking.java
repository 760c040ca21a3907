package dev.windrow.benchmarks.days;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes leaks, as defects would: a run with one must not end well. */
final class Leaking {
    /** What may leak. */
    static final List<String> KINDS = List.of("memory", "descriptors", "threads", "rows", "files", "message", "half");

    private final List<String> kinds;
    private final Path agent;

    private Leaking(List<String> kinds, Path agent) {
        this.kinds = List.copyOf(kinds);
        this.agent = agent;
    }

    /** @param folder for what it needs */
    static Leaking of(List<String> kinds, Path folder) throws IOException {
        Path agent = folder.resolve("leak.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", Leak.class.getName());
        String name = Leak.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest);
                InputStream code = Leak.class.getClassLoader().getResourceAsStream(name)) {
            jar.putNextEntry(new JarEntry(name));
            if (code != null) {
                code.transferTo(jar);
            }
        }
        return new Leaking(kinds, agent);
    }

    /** One more of each kind. */
    void leak(LivingServer server, Told told, Shelf shelf) throws IOException {
        for (String kind : kinds) {
            leak(kind, server, told, shelf);
        }
    }

    private void leak(String kind, LivingServer server, Told told, Shelf shelf) throws IOException {
        switch (kind) {
            case "rows" -> row(server.home().resolve("windrow.db"));
            case "files" -> Files.writeString(server.home().resolve("work").resolve("leak-" + UUID.randomUUID()), "x");
            case "message" -> told.beDeafOnce();
            case "half" -> Files.writeString(shelf.folder().resolve(".windrow-" + UUID.randomUUID() + ".part"), "x");
            default -> inside(kind, server);
        }
    }

    private static void row(Path database) throws IOException {
        String sql = "insert into outbox_tries (message, number, at, outcome, millis) values (?, 1, 0, 'again', 0)";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, "leaked-" + UUID.randomUUID());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void inside(String kind, LivingServer server) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(server.pid()));
            try {
                machine.loadAgent(agent.toString(), kind);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException(e);
        }
    }
}
