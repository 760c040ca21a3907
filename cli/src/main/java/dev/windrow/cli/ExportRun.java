package dev.windrow.cli;

import dev.windrow.cli.terminal.LastWords;
import dev.windrow.cli.terminal.ProgressDisplay;
import dev.windrow.client.ClientException;
import dev.windrow.client.ExportClient;
import dev.windrow.client.ExportStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The way from a request to an archive here, with a word for those who interrupt it. */
final class ExportRun {
    private final ExportClient client;
    private final ProgressDisplay display;
    private final TargetOptions target;

    ExportRun(ExportClient client, ProgressDisplay display, TargetOptions target) {
        this.client = client;
        this.display = display;
        this.target = target;
    }

    /** Downloads to that file; the same command again goes on with what was begun. */
    DownloadedArchive toFile(ExportStatus begun, Path file, boolean replace)
            throws ClientException, InterruptedException, IOException {
        LastWords lastWords = new LastWords(display, goesOn(begun) + "\nThe same command again takes it up.");
        try {
            ExportStatus completed = wanted(client.await(begun.id()));
            return bring(completed, file, replace);
        } finally {
            lastWords.forget();
        }
    }

    /** Downloads to the name that the server gives the archive. */
    DownloadedArchive toFolder(ExportStatus begun, Path folder, boolean replace)
            throws ClientException, InterruptedException, IOException {
        LastWords lastWords = new LastWords(display, goesOn(begun));
        try {
            ExportStatus completed = wanted(client.await(begun.id()));
            Path file = folder.resolve(DownloadedArchive.safeName(completed));
            if (!replace && Files.exists(file)) {
                String where = "The archive stays on the server: " + client.address(begun.id()) + "/file";
                throw new FileAlreadyExistsException(file.toString(), null, where);
            }
            return bring(completed, file, replace);
        } finally {
            lastWords.forget();
        }
    }

    /** Downloads to a stream, which gets the bytes only when all of them are here and right. */
    void toStream(ExportStatus begun, OutputStream stream) throws ClientException, InterruptedException, IOException {
        LastWords lastWords = new LastWords(display, goesOn(begun));
        try (PassingFile passing = PassingFile.make()) {
            ExportStatus completed = wanted(client.await(begun.id()));
            DownloadedArchive here = bring(completed, passing.file(), true);
            Files.copy(passing.file(), stream);
            stream.flush();
            display.note("sha256: " + here.sha256());
        } finally {
            lastWords.forget();
        }
    }

    private DownloadedArchive bring(ExportStatus completed, Path file, boolean replace)
            throws ClientException, InterruptedException, IOException {
        Path base = target.base();
        Long fetched = null;
        if (base == null) {
            client.download(completed, file, replace);
        } else {
            fetched = client.downloadOver(completed, base, file, replace);
        }
        DownloadedArchive here = DownloadedArchive.of(completed, file, fetched);
        here.saving().ifPresent(display::note);
        display.warn(completed);
        return here;
    }

    /** What is to be brought: the archive, or the file of it that was named, by itself or by where it goes. */
    private ExportStatus wanted(ExportStatus completed) throws ClientException, InterruptedException {
        if (target.base() != null || target.entry() == null && !target.isNamedAsAFile()) {
            return completed;
        }
        Optional<ExportStatus> file = client.file(completed, target.entry());
        if (file.isEmpty()) {
            display.note(
                    target.file() + " is the whole archive, a ZIP of several files; --entry NAME brings one of them");
        }
        return file.orElse(completed);
    }

    private String goesOn(ExportStatus begun) {
        return "The export goes on on the server: " + begun.id() + "\n" + client.address(begun.id())
                + "\n`windrow cancel " + begun.id() + "` stops it.";
    }
}
