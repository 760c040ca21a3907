package dev.windrow.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * An S3-compatible server (s3proxy) as a process of its own, on one port and one folder for its life: it can be killed
 * and started again. A bucket is a folder in that folder. Stops with {@link #close}, and with the JVM at the latest.
 */
public final class S3Server implements AutoCloseable {
    /** The one that it knows; what access keys are in {@link #environment}. */
    public static final String ACCESS_KEY = "windrow-tests";

    public static final String SECRET_KEY = "not-a-secret-0123456789";

    private final Path folder;
    private final int port;
    private final boolean isOpen;
    private final Thread atExit = new Thread(this::kill);
    private Process process;

    private S3Server(Path folder, int port, boolean isOpen) {
        this.folder = folder;
        this.port = port;
        this.isOpen = isOpen;
    }

    /**
     * Starts one.
     *
     * @param folder for its files and its log; made where it is missing
     */
    public static S3Server start(Path folder, String... buckets) {
        return start(folder, false, buckets);
    }

    /** As {@link #start(Path, String...)}, but it asks nobody for access keys. */
    public static S3Server startOpen(Path folder, String... buckets) {
        return start(folder, true, buckets);
    }

    private static S3Server start(Path folder, boolean isOpen, String... buckets) {
        S3Server server = new S3Server(folder, Ports.free(), isOpen);
        for (String bucket : buckets) {
            server.make(bucket);
        }
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.start();
        return server;
    }

    /** Makes a bucket. */
    public void make(String bucket) {
        try {
            Files.createDirectories(data().resolve(bucket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its buckets are, as folders. */
    public Path data() {
        return folder.resolve("data");
    }

    public int port() {
        return port;
    }

    /** For {@code windrow.artifacts.s3.endpoint}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What a process that is to speak with it has in its environment. */
    public static Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
    }

    /** The same for the client in this JVM. */
    public static void giveKeysToThisJvm() {
        System.setProperty("aws.accessKeyId", ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", SECRET_KEY);
    }

    /** Starts it on its port, after {@link #kill}; returns when it answers. */
    public void start() {
        try {
            Path log = folder.resolve("s3.log");
            process = new ProcessBuilder(
                            WindrowJar.jdk("java"),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=" + written("logback.xml", """
                                    <configuration>
                                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                                        <encoder><pattern>%d %-5level %logger{0} %msg%n</pattern></encoder>
                                      </appender>
                                      <root level="WARN"><appender-ref ref="out"/></root>
                                    </configuration>
                                    """),
                            "-cp",
                            classPath(),
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            written("s3proxy.conf", """
                                            s3proxy.endpoint=%s
                                            s3proxy.authorization=%s
                                            s3proxy.identity=%s
                                            s3proxy.credential=%s
                                            jclouds.provider=filesystem
                                            jclouds.filesystem.basedir=%s
                                            """.formatted(
                                                    endpoint(),
                                                    isOpen ? "none" : "aws-v2-or-v4",
                                                    ACCESS_KEY,
                                                    SECRET_KEY,
                                                    data()))
                                    .toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Awaitility.await("s3proxy; its log is " + log)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isUp(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUp(Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("s3proxy ended: " + Files.readString(log));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private Path written(String name, String text) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(name), text);
    }

    /** That of the module next to this, which Maven has written down. */
    private static String classPath() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        for (Path above = here; above != null; above = above.getParent()) {
            Path file = above.resolve(Path.of("testkit", "s3proxy", "target", "class-path"));
            if (Files.exists(file)) {
                return Files.readString(file, StandardCharsets.UTF_8).strip();
            }
        }
        throw new IllegalStateException("testkit/s3proxy is not built: run Maven with -am");
    }

    /** As {@code kill -9}: what it had answered is in its folder. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The process, for whoever wants to stop or measure it. */
    public long pid() {
        return process.pid();
    }

    /** The names of a bucket's objects as they lie in the folder, those of parts of unfinished uploads included. */
    public List<String> files(String bucket) {
        return Folders.files(data().resolve(bucket));
    }

    @Override
    public void close() {
        kill();
        if (!Thread.currentThread().equals(atExit)) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }
}
