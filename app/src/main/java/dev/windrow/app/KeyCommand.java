package dev.windrow.app;

import dev.windrow.api.access.Role;
import dev.windrow.api.access.key.KeyText;
import dev.windrow.app.keys.NewKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes API keys. */
@Command(
        name = "key",
        description = "Makes API keys, by which a Windrow with windrow.security.mode=api-keys tells callers apart.",
        mixinStandardHelpOptions = true,
        subcommands = KeyCommand.New.class)
final class KeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say which: windrow key new NAME");
    }

    /** Makes one; nothing is stored, so that there is nothing to forget. */
    @Command(
            name = "new",
            description = {
                "Makes an API key: the key on standard output, once, and its entry for windrow.security.keys-file on the other, or in that file.",
                "The entry has the key's SHA-256 and not the key, which is kept nowhere: give it to who is to call."
            },
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "By which you speak of the key.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description =
                        "export (the default), read, mint, metrics, admin, or a group of the catalog; may be given again.")
        private @Nullable List<String> roles;

        @Option(
                names = "--dataset",
                paramLabel = "DATASET",
                description = "A dataset that the key is for; may be given again. All, where none is given.")
        private @Nullable List<String> datasets;

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "A span from now (P90D), a date, or a time with its zone; P365D where it is not given.")
        private @Nullable String expires;

        @Option(names = "--no-expiry", description = "The key never ends.")
        private boolean noExpiry;

        @Option(
                names = "--principal",
                paramLabel = "PRINCIPAL",
                description =
                        "Whose exports the key starts and sees, where several keys are of one caller; NAME otherwise.")
        private @Nullable String principal;

        @Option(
                names = "--keys-file",
                paramLabel = "FILE",
                description = "Where the entry goes, at the end; nothing goes there where no key is made.")
        private @Nullable Path keysFile;

        @Override
        public Integer call() {
            if (noExpiry && expires != null) {
                throw new ParameterException(spec.commandLine(), "Give --expires or --no-expiry, not both.");
            }
            String key = KeyText.make(new SecureRandom());
            String entry;
            try {
                String end = noExpiry ? null : expires == null ? NewKey.USUAL_SPAN : expires;
                entry = new NewKey(name, principal, roles, datasets, end).entry(KeyText.sha256(key), Clock.systemUTC());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            PrintWriter err = spec.commandLine().getErr();
            err.println("# For windrow.security.keys-file. The key itself is shown this once.");
            if (!noExpiry && expires == null) {
                err.println("# It ends in a year: --expires WHEN says otherwise, --no-expiry never.");
            }
            String groups = groups();
            if (!groups.isEmpty()) {
                err.println("# No role of Windrow's, so that the catalog must name the group: " + groups);
            }
            if (!told(entry, err)) {
                return 1;
            }
            spec.commandLine().getOut().println(key);
            return 0;
        }

        private boolean told(String entry, PrintWriter err) {
            if (keysFile == null) {
                err.print(entry);
                err.flush();
                return true;
            }
            try {
                String list = Files.readString(keysFile);
                String line = list.isEmpty() || list.endsWith("\n") ? "" : "\n";
                Files.writeString(keysFile, line + entry, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                return true;
            } catch (IOException e) {
                err.println(keysFile + " can't be written to: " + e.getClass().getSimpleName()
                        + ". It must be there, and writable; no key was made.");
                return false;
            }
        }

        private String groups() {
            return roles == null
                    ? ""
                    : String.join(
                            ", ",
                            roles.stream()
                                    .filter(role -> Role.of(role).isEmpty())
                                    .toList());
        }
    }
}
