package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.Patience;
import dev.windrow.client.ScheduleClient;
import dev.windrow.client.ScheduleStatus;
import dev.windrow.client.StartRequest;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A client of any Windrow server: shows, makes, pauses and deletes exports that start by themselves. */
@Command(
        name = "schedules",
        description = "Lists the exports of a server that start by themselves; or makes, pauses and deletes one.",
        mixinStandardHelpOptions = true,
        footer = "%nA server that asks for a key gets the one in WINDROW_API_KEY or --api-key-file.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it failed",
            "2:the command is not as it should be, or the server refused it",
            "3:the server cannot be reached"
        })
final class SchedulesCommand extends ServerCommand {
    private SchedulesCommand(Patience patience) {
        super(patience);
    }

    /** The command with those below it. */
    static CommandLine commandLine(Patience patience) {
        return new CommandLine(new SchedulesCommand(patience))
                .addSubcommand(new Add(patience))
                .addSubcommand(new Pause(patience))
                .addSubcommand(new Resume(patience))
                .addSubcommand(new Delete(patience));
    }

    @Override
    void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
        List<ScheduleStatus> all = server.schedules().list();
        all.forEach(schedule -> out.println(line(schedule)));
        if (all.isEmpty()) {
            out.println("There are no schedules.");
        }
    }

    /** One schedule: its name, when it is due, and what came of the time before. */
    private static String line(ScheduleStatus schedule) {
        StringBuilder line = new StringBuilder(schedule.name())
                .append("  ")
                .append(schedule.cron())
                .append(' ')
                .append(schedule.zone())
                .append("  ")
                .append(schedule.paused() ? "paused" : "next " + schedule.next());
        ScheduleStatus.Last last = schedule.last();
        if (last != null) {
            line.append("  last ").append(last.dueAt()).append(' ').append(last.outcome());
            if (last.state() != null) {
                line.append(", ").append(last.state());
            }
            if (last.error() != null) {
                line.append(": ").append(last.error().words());
            }
        }
        return line.toString();
    }

    /** What is asked about one of them. */
    private abstract static class OfOne extends ServerCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The schedule's name.")
        private String name = "";

        OfOne(Patience patience) {
            super(patience);
        }

        final String name() {
            return name;
        }
    }

    /** Makes one. */
    @Command(name = "add", description = "Makes a schedule.", mixinStandardHelpOptions = true)
    static final class Add extends OfOne {
        @Parameters(index = "1", paramLabel = "DATASET", description = "The name of the dataset.")
        private String dataset = "";

        @Option(
                names = "--cron",
                required = true,
                paramLabel = "FIELDS",
                description =
                        "Second, minute, hour, day of the month, month, day of the week, as \"0 0 3 * * MON-FRI\".")
        private String cron = "";

        @Option(names = "--zone", paramLabel = "ZONE", description = "In which they are read, as Europe/Berlin (UTC).")
        private @Nullable String zone;

        @Option(names = "--keep", paramLabel = "N", description = "So many newest archives live on (the newest).")
        private @Nullable Integer keep;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "One of the dataset's formats (its first one).")
        private @Nullable String format;

        @Option(
                names = "-p",
                paramLabel = "NAME=VALUE",
                description = "A parameter of the dataset; may be today, now or lastRun, as today-30d.")
        private List<String> parameters = List.of();

        Add(Patience patience) {
            super(patience);
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            StartRequest start = new StartRequest(dataset, format, Assignments.named(parameters, spec()), List.of());
            out.println(line(server.schedules().add(name(), new ScheduleClient.Plan(cron, zone, keep), start)));
        }
    }

    /** Makes one silent. */
    @Command(
            name = "pause",
            description = "Makes a schedule silent until it is resumed.",
            mixinStandardHelpOptions = true)
    static final class Pause extends OfOne {
        Pause(Patience patience) {
            super(patience);
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            out.println(line(server.schedules().pause(name(), true)));
        }
    }

    /** Has one go on. */
    @Command(
            name = "resume",
            description = "Has a schedule go on; what was due meanwhile is not made up for.",
            mixinStandardHelpOptions = true)
    static final class Resume extends OfOne {
        Resume(Patience patience) {
            super(patience);
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            out.println(line(server.schedules().pause(name(), false)));
        }
    }

    /** Forgets one. */
    @Command(name = "delete", description = "Forgets a schedule; its exports stay.", mixinStandardHelpOptions = true)
    static final class Delete extends OfOne {
        Delete(Patience patience) {
            super(patience);
        }

        @Override
        void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
            server.schedules().delete(name());
            out.println(name() + " is deleted");
        }
    }
}
