package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of another address than this machine's usual one, which names a host as its user likes.
 *
 * @param url without a slash at its end; its host is this machine, whatever it is called
 * @param from one of the loopback's addresses
 */
record Curl(String url, Path certificate, Path folder, String from) {
    static void require() {
        Machine.requireProgram("what a client sees behind a proxy", "curl", "curl");
    }

    /** What came of it; the headers as they were sent, but in small letters. */
    static final class Answer {
        private final int status;
        private final String headers;
        private final byte[] body;

        private Answer(int status, String headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        int status() {
            return status;
        }

        String headers() {
            return headers;
        }

        byte[] body() {
            return body.clone();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JsonMapper.builder().build().readTree(body);
        }

        @Override
        public String toString() {
            return headers + "\n" + text();
        }
    }

    Curl from(String address) {
        return new Curl(url, certificate, folder, address);
    }

    /** @param path of the server, or a whole URL of it */
    Answer get(String path, String... headerLines) throws IOException {
        return run(path, List.of(), headerLines);
    }

    Answer post(String path, String json, String... headerLines) throws IOException {
        return run(path, List.of("-X", "POST", "-H", "Content-Type: application/json", "-d", json), headerLines);
    }

    private Answer run(String path, List<String> options, String... headerLines) throws IOException {
        Path headers = folder.resolve("curl.headers");
        Path body = folder.resolve("curl.body");
        Files.deleteIfExists(body);
        List<String> command = command(path, headerLines);
        command.addAll(List.of("-D", headers.toString(), "-o", body.toString(), "-w", "%{http_code}"));
        command.addAll(options);
        ProcessRun run = ProcessRun.of(command);
        assertThat(run.exit()).as(run.all()).isZero();
        return new Answer(
                Integer.parseInt(run.out()),
                Files.readString(headers).toLowerCase(Locale.ROOT),
                Files.exists(body) ? Files.readAllBytes(body) : new byte[0]);
    }

    /** One whose standard output is the answer, as it comes. */
    Process stream(String path, String... headerLines) throws IOException {
        List<String> command = command(path, headerLines);
        command.add("-N");
        return new ProcessBuilder(command).start();
    }

    private List<String> command(String path, String... headerLines) {
        String authority = url.split("/", -1)[2];
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--path-as-is",
                "--max-time",
                "90",
                "--noproxy",
                "*",
                "--cacert",
                certificate.toString(),
                "--interface",
                from,
                "--resolve",
                authority + ":127.0.0.1"));
        for (String line : headerLines) {
            command.addAll(List.of("-H", line));
        }
        command.add(path.startsWith("https:") ? path : url + path);
        return command;
    }
}
