package dev.windrow.app.home;

import java.nio.file.Path;

/** The folder of everything that Windrow keeps, and what is where in it; {@link PrivateHome} makes it. */
public record Home(Path folder) {
    public Path statusDatabase() {
        return folder.resolve("windrow.db");
    }

    public Path queueDatabase() {
        return folder.resolve("queue.db");
    }

    public Path drivers() {
        return folder.resolve("drivers");
    }

    public Path work() {
        return folder.resolve("work");
    }

    public Path artifacts() {
        return folder.resolve("artifacts");
    }

    /** Files that the status table has never known. */
    public Path quarantine() {
        return folder.resolve("quarantine");
    }

    /** A locked file for each worker process that lives. */
    public Path workers() {
        return folder.resolve("workers");
    }

    /** What signs minted tokens, where the settings do not say. */
    public Path tokenSecret() {
        return folder.resolve("tokens.secret");
    }

    /** What signs download links, where the settings do not say. */
    public Path linkSecret() {
        return folder.resolve("links.secret");
    }

    /** What signs webhooks that have no secret of their own. */
    public Path webhookSecret() {
        return folder.resolve("webhooks.secret");
    }

    /** What masked values are hashed with, where the settings do not say. */
    public Path maskSecret() {
        return folder.resolve("masks.secret");
    }

    /** A file that is given up when the disk is full. */
    public Path ballast() {
        return folder.resolve("ballast");
    }

    /** Where the demo's sample databases and catalog are made. */
    public Path demo() {
        return folder.resolve("demo");
    }
}
