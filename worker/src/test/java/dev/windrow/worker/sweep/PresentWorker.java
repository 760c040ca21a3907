package dev.windrow.worker.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Another process that shows itself to be alive, until it is killed. */
public final class PresentWorker {
    static final String ENGINE = "zlib:0123456789abcdef/4";

    private PresentWorker() {}

    /** @param arguments the folder, the name, and, for one that only tells who is dead, anything */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Presence presence = Presence.open(Path.of(arguments[0]), arguments[1]);
        presence.enginesElsewhere(ENGINE);
        if (arguments.length > 2) {
            System.out.println(String.join(" ", presence.dead()));
            return;
        }
        System.out.println("present");
        new CountDownLatch(1).await();
    }

    /** Returns when it is present. */
    static Process start(Path folder, String name) throws IOException {
        Process process = process(folder, name);
        if (!"present".equals(said(process))) {
            throw new IllegalStateException("it did not start");
        }
        return process;
    }

    /** The names of the workers that another process takes for dead. */
    static List<String> dead(Path folder) throws IOException {
        return List.of(said(process(folder, "looker", "looks")).split(" "));
    }

    private static Process process(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PresentWorker.class.getName(),
                folder.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String said(Process process) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
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
