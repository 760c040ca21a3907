package dev.windrow.app;

import dev.windrow.app.home.Home;
import dev.windrow.app.home.HomeCopy;
import dev.windrow.app.settings.WindrowSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies a home, also while Windrow runs in it; or puts a copy into a new one. */
abstract sealed class BackupCommand extends WithSettings {
    @Parameters(paramLabel = "DIR", description = "The folder of the backup.")
    private Path folder = Path.of("backup");

    /** What it does, once the settings are known to be those of a home. */
    abstract HomeCopy.Copied copy(Path home, Path folder) throws IOException;

    /** Why not, in words that name the fix. */
    abstract String refusal(Path home, Path folder, IOException why);

    @Override
    public final Integer call() {
        return run(Settings.class, context -> copy(context.getBean(WindrowSettings.class)));
    }

    private int copy(WindrowSettings set) {
        if (set.database().url() != null || set.artifacts().url() != null) {
            err().println("This is for a home that has everything: windrow.database.url or windrow.artifacts.url say"
                    + " otherwise. Back up the database and the archives by their own means"
                    + " (docs/operations.md, \"Backup\").");
            return 1;
        }
        try {
            HomeCopy.Copied copied = copy(set.home(), folder);
            out().println("archives: " + copied.archives());
            copied.missing().forEach(key -> err().println("missing in the home, and so here: " + key));
            return 0;
        } catch (IOException e) {
            err().println(refusal(set.home(), folder, e));
            return 1;
        }
    }

    @Command(
            name = "backup",
            description = "Copies the home, also while Windrow runs in it, into a new folder. Settings as for serve.",
            usageHelpWidth = 120,
            mixinStandardHelpOptions = true)
    static final class Make extends BackupCommand {
        @Override
        HomeCopy.Copied copy(Path home, Path folder) throws IOException {
            return HomeCopy.make(new Home(home), folder);
        }

        @Override
        String refusal(Path home, Path folder, IOException why) {
            if (why instanceof NoSuchFileException) {
                return "There is no status table in " + home + "; name its home by --windrow.home=…";
            } else if (why instanceof FileAlreadyExistsException) {
                return "There is something in " + folder + "; name a folder that is not there yet";
            }
            return "No backup was made, and " + folder + " is not whole: " + why.getMessage()
                    + "; remove it, and try again";
        }
    }

    @Command(
            name = "restore",
            description = "Puts a backup into a home that is empty or not there yet. Settings as for serve.",
            usageHelpWidth = 120,
            mixinStandardHelpOptions = true)
    static final class Restore extends BackupCommand {
        @Override
        HomeCopy.Copied copy(Path home, Path folder) throws IOException {
            return HomeCopy.restore(folder, home);
        }

        @Override
        String refusal(Path home, Path folder, IOException why) {
            if (why instanceof NoSuchFileException) {
                return folder + " is no whole backup: it has no windrow.db; name one that `windrow backup` has ended";
            } else if (why instanceof FileAlreadyExistsException) {
                return "There is something in the home " + home
                        + "; move it away, or name another one by --windrow.home=…";
            }
            return "Not restored, and " + home + " is not whole: " + why.getMessage()
                    + "; remove everything in it, and try again";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WindrowSettings.class)
    static class Settings {}
}
