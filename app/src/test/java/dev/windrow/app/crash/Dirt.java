package dev.windrow.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a home has to be cleared of.
 *
 * @param gone files that no longer are where they are
 * @param setAside names that come up in the quarantine
 */
record Dirt(List<Path> gone, List<String> setAside, List<Path> files) {
    /** Makes it, in a home without a worker. */
    @FunctionalInterface
    interface Kind {
        /** @param completed the id of an export that is completed under its first claim */
        Dirt in(Path home, String completed) throws IOException;
    }

    /**
     * What a dead worker left of an export that has ended, and files of exports and of claims that the table never
     * knew.
     */
    static Dirt strangers(Path home, String completed) throws IOException {
        String unknown = UUID.randomUUID().toString();
        List<Path> gone = List.of(
                home.resolve("work").resolve(completed + ".1.part"),
                home.resolve("work").resolve(completed + ".2.part"),
                home.resolve("artifacts").resolve(completed + ".2.zip"),
                home.resolve("workers").resolve("dead.alive"),
                home.resolve("work").resolve(unknown + ".1.part"),
                home.resolve("artifacts").resolve(unknown + ".1.zip"),
                home.resolve("artifacts").resolve(unknown + ".1.blocks"));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        for (Path file : gone) {
            Files.writeString(file, "dirt");
            Files.setLastModifiedTime(file, old);
        }
        List<Path> files = new ArrayList<>(gone);
        files.add(home.resolve("work"));
        files.add(home.resolve("artifacts"));
        return new Dirt(
                gone,
                List.of(
                        unknown + ".1.part",
                        unknown + ".1.zip",
                        unknown + ".1.blocks",
                        completed + ".2.part",
                        completed + ".2.zip"),
                files);
    }

    /** An archive whose time is over. */
    static Dirt expired(Path home, String completed) {
        StatusRow.change(home, "update exports set expires_at = 1 where id = '" + completed + "'");
        Path file = home.resolve("artifacts").resolve(completed + ".1.zip");
        Path blocks = home.resolve("artifacts").resolve(completed + ".1.blocks");
        return new Dirt(
                List.of(file, blocks),
                List.of(),
                List.of(file, blocks, home.resolve("artifacts"), home.resolve("windrow.db-wal")));
    }

    boolean isGone(Path home) {
        return gone.stream().noneMatch(Files::exists)
                && setAside.stream()
                        .allMatch(
                                name -> Files.exists(home.resolve("quarantine").resolve(name)));
    }
}
