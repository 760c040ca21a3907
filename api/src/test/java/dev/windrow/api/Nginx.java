package dev.windrow.api;

import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Machine;
import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real nginx before a server of this machine. */
public final class Nginx {
    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static void require() {
        boolean isThere = Machine.program("nginx").isPresent() || Files.isExecutable(Path.of("/usr/sbin/nginx"));
        Machine.require(isThere, "downloads through nginx. Install it (on Debian: apt install nginx-light).");
    }

    public static Nginx before(int server, Path folder) throws IOException {
        return before(server, folder, "/", "proxy_set_header Host $http_host;");
    }

    /**
     * @param prefix the path below which the server is, with a slash at its end
     * @param headers more of the location's configuration
     */
    public static Nginx before(int server, Path folder, String prefix, String headers) throws IOException {
        int port = Ports.free();
        String temporary = "%s_temp_path " + folder + "/%s; ";
        StringBuilder paths = new StringBuilder();
        for (String name : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            paths.append(temporary.replace("%s", name));
        }
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                worker_processes 1; daemon off; pid PID; error_log stderr warn;
                events { worker_connections 256; }
                http {
                  access_log off; PATHS
                  server {
                    listen 127.0.0.1:PORT;
                    location PREFIX { proxy_pass http://127.0.0.1:SERVERPATH; proxy_http_version 1.1; HEADERS }
                  }
                }
                """.replace(
                        "PID", folder.resolve("nginx.pid").toString())
                .replace("PATHS", paths)
                .replace("PORT", Integer.toString(port))
                .replace("PATH", prefix.equals("/") ? "" : "/")
                .replace("SERVER", Integer.toString(server))
                .replace("PREFIX", prefix)
                .replace("HEADERS", headers));
        ProcessBuilder builder = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().merge("PATH", ":/usr/sbin", String::concat);
        Process process = builder.start();
        await().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("log")), notYet);
                }
                return false;
            }
        });
        return new Nginx(process, port);
    }

    public int port() {
        return port;
    }

    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
