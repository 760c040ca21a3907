package dev.windrow.worker.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Another process that shows itself to be alive, until it is killed. */
public final class PresentWorker {
    private PresentWorker() {}

    /** @param arguments the folder, and the name */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Presence.open(Path.of(arguments[0]), arguments[1]);
        System.out.println("present");
        new CountDownLatch(1).await();
    }

    /** Returns when it is present. */
    static Process start(Path folder, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PresentWorker.class.getName(),
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"present".equals(said.readLine())) {
            throw new IllegalStateException("it did not start");
        }
        return process;
    }

    static void signal(Process process, String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill: " + code);
        }
    }
}
