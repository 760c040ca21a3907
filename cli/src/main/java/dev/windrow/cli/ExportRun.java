package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.ExportClient;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.StartRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The way from a request to an archive here, with a word for those who interrupt it. */
final class ExportRun {
    private final ExportClient client;
    private final ProgressDisplay display;

    ExportRun(ExportClient client, ProgressDisplay display) {
        this.client = client;
        this.display = display;
    }

    /** Downloads to that file; the same request again goes on with what was begun. */
    DownloadedArchive toFile(StartRequest request, Path file, boolean replace)
            throws ClientException, InterruptedException, IOException {
        ExportStatus begun = client.startOrResume(request, file);
        LastWords lastWords = new LastWords(display, goesOn(begun) + "\nThe same command again takes it up.");
        try {
            ExportStatus completed = client.await(begun.id());
            client.download(completed, file, replace);
            display.warn(completed);
            return DownloadedArchive.of(completed, file);
        } finally {
            lastWords.forget();
        }
    }

    /** Downloads to the name that the server gives the archive. */
    DownloadedArchive toFolder(StartRequest request, Path folder, boolean replace)
            throws ClientException, InterruptedException, IOException {
        ExportStatus begun = client.start(request);
        LastWords lastWords = new LastWords(display, goesOn(begun));
        try {
            ExportStatus completed = client.await(begun.id());
            Path file = folder.resolve(DownloadedArchive.safeName(completed));
            if (!replace && Files.exists(file)) {
                String where = "The archive stays on the server: " + client.address(begun.id()) + "/file";
                throw new FileAlreadyExistsException(file.toString(), null, where);
            }
            client.download(completed, file, replace);
            display.warn(completed);
            return DownloadedArchive.of(completed, file);
        } finally {
            lastWords.forget();
        }
    }

    /** Downloads to a stream, which gets the bytes only when all of them are here and right. */
    void toStream(StartRequest request, OutputStream stream) throws ClientException, InterruptedException, IOException {
        ExportStatus begun = client.start(request);
        LastWords lastWords = new LastWords(display, goesOn(begun));
        try (PassingFile passing = PassingFile.make()) {
            ExportStatus completed = client.await(begun.id());
            client.download(completed, passing.file(), true);
            Files.copy(passing.file(), stream);
            stream.flush();
            display.warn(completed);
            display.note(
                    "sha256: " + DownloadedArchive.of(completed, passing.file()).sha256());
        } finally {
            lastWords.forget();
        }
    }

    private String goesOn(ExportStatus begun) {
        return "The export goes on on the server: " + begun.id() + "\n" + client.address(begun.id());
    }
}
