package dev.windrow.cli;

import dev.windrow.cli.terminal.ProgressWords;
import dev.windrow.client.ClientException;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.Patience;
import dev.windrow.client.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What is asked of an export that was started before. */
abstract class OneExport extends AskingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The export, as `windrow list` names it.")
    private String id = "";

    OneExport(Patience patience) {
        super(patience);
    }

    final String id() {
        return id;
    }

    @Override
    void check() {
        if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
            throw usage("An export's id has letters, digits and hyphens, as `windrow list` shows them: "
                    + Problem.plain(id));
        }
    }

    /** How it is. */
    @Command(name = "status", description = "Tells how an export is.")
    static final class Status extends OneExport {
        Status(Patience patience) {
            super(patience);
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            JsonNode answer = server.things().export(id());
            show(out, answer, () -> tell(answer, out));
        }

        private void tell(JsonNode answer, PrintWriter out) {
            if (quiet()) {
                out.println(text(answer, "state"));
                return;
            }
            ExportStatus status = ExportStatus.of(answer);
            out.println(status.state().id() + ": " + String.join(", ", ProgressWords.of(status)));
            if (status.archive() != null) {
                out.println("file: " + Problem.plain(status.archive().name()) + ", "
                        + ProgressWords.bytes(status.archive().bytes()));
                out.println("sha256: " + status.archive().sha256());
            }
            status.warnings().forEach(warning -> out.println("warning: " + warning.detail()));
            if (status.error() != null) {
                out.println("error: " + status.error().words());
            }
        }
    }

    /** Stops it. */
    @Command(name = "cancel", description = "Stops an export; what it has written is removed.")
    static final class Cancel extends OneExport {
        Cancel(Patience patience) {
            super(patience);
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            JsonNode answer = server.things().cancel(id());
            show(out, answer, () -> {
                if (!quiet()) {
                    out.println(id() + " is " + text(answer, "state"));
                }
            });
        }
    }

    /** Makes a link to it. */
    @Command(
            name = "link",
            description = "Makes a link to a finished archive that needs no key and expires.",
            footer = {"", "For example, for a day:", "  windrow link ID --expires P1D"})
    static final class Link extends OneExport {
        @Option(names = "--entry", paramLabel = "NAME", description = "To one file of the archive, by its name.")
        private @Nullable String entry;

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "How long it lasts, as PT30M or P7D, which is the most (PT1H).")
        private @Nullable String expires;

        private @Nullable Duration lifetime;

        Link(Patience patience) {
            super(patience);
        }

        @Override
        void check() {
            super.check();
            try {
                lifetime = expires == null ? null : Duration.parse(expires);
            } catch (DateTimeException e) {
                throw usage("--expires must be a time such as PT30M, PT12H or P7D: " + Problem.plain(expires));
            }
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            JsonNode answer = server.things().link(id(), entry, lifetime);
            show(out, answer, () -> {
                if (!quiet()) {
                    server.display().note("Until " + text(answer, "expiresAt") + ", for whoever has it:");
                }
                out.println(text(answer, "url"));
            });
        }
    }

    /** Brings it here. */
    @Command(
            name = "download",
            description = "Brings an export's archive here, checked; one that is not finished is waited for.")
    static final class Download extends OneExport {
        @Mixin
        private final TargetOptions target = new TargetOptions();

        Download(Patience patience) {
            super(patience);
        }

        @Override
        void check() {
            super.check();
            target.check(spec());
        }

        @Override
        boolean showsProgress() {
            return target.showsProgress();
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException, IOException {
            deliver(server, server.exports().look(id()), target, out);
        }
    }
}
