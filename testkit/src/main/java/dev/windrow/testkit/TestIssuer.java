package dev.windrow.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An {@link IssuerServer} in a process of its own. */
public final class TestIssuer implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Process process;
    private final Http http;

    private TestIssuer(Process process, String url) {
        this.process = process;
        this.http = new Http(url);
    }

    /** On a port that is free. */
    public static TestIssuer start() {
        return start(0);
    }

    /** On that port; returns when it listens. */
    public static TestIssuer start(int port) {
        try {
            Process process = new ProcessBuilder(
                            WindrowJar.jdk("java"),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            IssuerServer.class.getName(),
                            Integer.toString(port))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String url = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (url == null) {
                throw new IllegalStateException("the issuer did not start");
            }
            return new TestIssuer(process, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its tokens have in {@code iss}. */
    public String url() {
        return http.url();
    }

    /** A token by its present key for RS256. */
    public String token(Map<String, ?> claims) {
        return token(Map.of(), claims);
    }

    /** @param header beside, or instead of, what a header has */
    public String token(Map<String, ?> header, Map<String, ?> claims) {
        Map<String, Object> whole = new LinkedHashMap<>(Map.of("alg", "RS256", "kid", "rsa-KID", "typ", "JWT"));
        whole.putAll(header);
        return sign("RS256", MAPPER.writeValueAsString(whole), MAPPER.writeValueAsString(claims));
    }

    /** A signature over whatever is given. */
    public String sign(String algorithm, String header, String payload) {
        return ask("/sign/" + algorithm, header + "\n" + payload);
    }

    /** Takes new keys; the old ones are not told any more. */
    public void rotate() {
        ask("/rotate", "");
    }

    /** Goes on listening, and gives no keys. */
    public void down() {
        ask("/down", "");
    }

    public void up() {
        ask("/up", "");
    }

    /** How often it was asked for its keys. */
    public int asked() {
        return Integer.parseInt(ask("/asked", ""));
    }

    /** The public key for RS256, in PEM. */
    public String pem() {
        return ask("/key.pem", "");
    }

    private String ask(String path, String body) {
        Http.Answer answer = http.send("POST", path, body);
        if (answer.status() != 200) {
            throw new IllegalStateException(path + ": " + answer);
        }
        return answer.text();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
