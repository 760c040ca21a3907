package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real proxy that ends TLS before a Windrow, set up by an example of the manual. */
final class Proxy implements AutoCloseable {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```(nginx|caddy)\\n(.*?)^```$");

    private final Process process;

    private Proxy(Process process) {
        this.process = process;
    }

    /** The examples of the page about the network, in their order, but for the files, ports and names of the test. */
    static List<String> examples(String program, Map<String, String> replaced) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        while (matcher.find()) {
            if (matcher.group(1).equals(program)) {
                String text = matcher.group(2);
                for (Map.Entry<String, String> entry : replaced.entrySet()) {
                    text = text.replace(entry.getKey(), entry.getValue());
                }
                found.add(text);
            }
        }
        return found;
    }

    static Proxy nginx(Path folder, int port, String example) throws IOException {
        Machine.require(
                Files.isExecutable(Path.of("/usr/sbin/nginx"))
                        || Machine.program("nginx").isPresent(),
                "the manual's nginx examples. Install nginx (on Debian: apt install nginx-light).");
        StringBuilder paths = new StringBuilder();
        for (String name : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append(name + "_temp_path " + folder.resolve(name) + "; ");
        }
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                "worker_processes 1; daemon off; pid " + folder.resolve("nginx.pid") + "; error_log stderr warn;\n"
                        + "events { worker_connections 256; }\nhttp {\naccess_log off; " + paths + "\n" + example
                        + "}\n");
        return start(folder, port, List.of("nginx", "-p", folder.toString(), "-c", configuration.toString()));
    }

    static Proxy caddy(Path folder, int port, String example) throws IOException {
        Machine.requireProgram("the manual's Caddy example", "caddy", "caddy");
        Path configuration = Files.writeString(
                folder.resolve("Caddyfile"),
                "{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n}\n" + example);
        return start(
                folder, port, List.of("caddy", "run", "--adapter", "caddyfile", "--config", configuration.toString()));
    }

    private static Proxy start(Path folder, int port, List<String> command) throws IOException {
        Path log = folder.resolve("proxy.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().merge("PATH", ":/usr/sbin", String::concat);
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "XDG_DATA_HOME", folder.toString(),
                        "XDG_CONFIG_HOME", folder.toString()));
        Process process = builder.start();
        Proxy proxy = new Proxy(process);
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive() || listens(port));
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        return proxy;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
