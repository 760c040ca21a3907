package dev.windrow.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which server a client's command speaks with, and by which key. */
final class ServerOptions {
    private static final String VISIBLE_ASCII = "[\\x21-\\x7e]+";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:WINDROW_SERVER:-http://127.0.0.1:8080}",
            description = "The server (WINDROW_SERVER, or http://127.0.0.1:8080).")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--api-key",
            hidden = true,
            arity = "0..1",
            paramLabel = "KEY",
            defaultValue = "${env:WINDROW_API_KEY}")
    private @Nullable String apiKey;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "A file whose first line is the server's key (WINDROW_API_KEY has it).")
    private @Nullable Path apiKeyFile;

    /** The server, checked. */
    URI server(CommandSpec spec) {
        String authority = server.getRawAuthority();
        // Java finds no user before a host that it does not take, and the refusal of that host shows the address.
        if (authority != null && authority.contains("@")) {
            throw usage(spec, "--server must have no user or password in it");
        }
        String scheme = server.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || server.getHost() == null || server.getRawQuery() != null || server.getRawFragment() != null) {
            throw usage(spec, "--server must be an address like http://127.0.0.1:8080: " + server);
        }
        return server;
    }

    /** The key, checked; null for none. The option is known only to be refused in its own words: it would be tried. */
    @Nullable String apiKey(CommandSpec spec) {
        if (spec.commandLine().getParseResult().hasMatchedOption("--api-key")) {
            throw usage(
                    spec,
                    "--api-key is not taken, since every user of this machine can read the command line: set the"
                            + " environment variable WINDROW_API_KEY instead, or name a file by --api-key-file");
        }
        if (apiKeyFile != null) {
            return ofFile(spec, apiKeyFile);
        }
        if (apiKey != null && !apiKey.matches(VISIBLE_ASCII)) {
            throw usage(spec, "WINDROW_API_KEY must be visible ASCII characters");
        }
        return apiKey;
    }

    private static String ofFile(CommandSpec spec, Path file) {
        String line;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            line = Objects.requireNonNullElse(lines.readLine(), "").strip();
        } catch (CharacterCodingException e) {
            line = "";
        } catch (IOException e) {
            throw usage(spec, "--api-key-file cannot be read: " + file);
        }
        if (!line.matches(VISIBLE_ASCII)) {
            throw usage(
                    spec, "--api-key-file must have the key, in visible ASCII characters, in its first line: " + file);
        }
        return line;
    }

    private static ParameterException usage(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
