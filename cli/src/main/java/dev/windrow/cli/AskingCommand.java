package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.Patience;
import dev.windrow.client.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** A command that prints what the server tells, for people or for scripts. */
@Command(
        mixinStandardHelpOptions = true,
        footer = {"", "A server that asks for a key gets the one in WINDROW_API_KEY or --api-key-file."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it failed",
            "2:the command is not as it should be, or the server does not have or take that",
            "3:the server cannot be reached"
        })
abstract class AskingCommand extends ServerCommand {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    AskingCommand(Patience patience) {
        super(patience);
    }

    @Override
    final boolean quiet() {
        return output.quiet();
    }

    /** The answer as it is, or in words. */
    final void show(PrintWriter out, JsonNode answer, Runnable words) {
        if (output.json()) {
            out.println(answer);
        } else {
            words.run();
        }
    }

    /** Brings the archive of an export that was begun to where it is wanted, and tells its place and digest. */
    final void deliver(Connection server, ExportStatus begun, TargetOptions target, PrintWriter out)
            throws ClientException, InterruptedException, IOException {
        ExportRun run = new ExportRun(server.exports(), server.display(), target);
        if (target.isStandardOutput()) {
            run.toStream(begun, target.standardOutput());
            return;
        }
        Path file = target.file();
        DownloadedArchive here = file == null
                ? run.toFolder(begun, Path.of(""), target.replaces())
                : run.toFile(begun, file, target.replaces());
        server.display().close(null);
        if (output.json()) {
            out.println(here.json(begun.id()));
        } else {
            here.print(out);
        }
    }

    /** The answers as they are, in a JSON array, or each in words. */
    final void showAll(PrintWriter out, List<JsonNode> answers, Consumer<JsonNode> words, String none) {
        if (output.json()) {
            out.println("["
                    + String.join(",", answers.stream().map(JsonNode::toString).toList()) + "]");
        } else if (answers.isEmpty() && !quiet()) {
            out.println(none);
        } else {
            answers.forEach(words);
        }
    }

    /** A field's text, empty if there is none, without what could steer a terminal. */
    static String text(JsonNode json, String field) {
        return Problem.plain(json.path(field).asString(""));
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(one -> Problem.plain(one.asString(""))).toList();
    }
}
