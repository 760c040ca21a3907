package dev.windrow.examples.posts;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.Tables;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The tables of the archive. */
final class Accounts {
    private final Tables.Table profiles;
    private final Tables.Table posts;
    private final Tables.Table media;
    private int lastMedia;

    Accounts(Tables tables) throws SQLException {
        profiles = tables.into("profiles", 5);
        posts = tables.into("posts", PostRows.COLUMNS);
        media = tables.into("media", 11);
    }

    void profile(
            String did, String handle, @Nullable String name, @Nullable String description, @Nullable String created)
            throws SQLException {
        profiles.add(did, handle, name, description, created);
    }

    void post(PostRows.Given given, Chance chance) throws SQLException {
        post(PostRows.row(given, chance));
    }

    void post(@Nullable Object[] row) throws SQLException {
        posts.add(row);
    }

    void media(String post, MediaFolder.Media one, byte @Nullable [] thumb) throws SQLException {
        lastMedia = one.number();
        media.add(
                one.number(),
                post,
                one.cid(),
                one.file().type(),
                one.file().path(),
                one.file().size(),
                one.file().sha256(),
                one.alt(),
                one.width(),
                one.height(),
                thumb);
    }

    /** Media that the archive lacks, or whose path leads elsewhere. */
    void lostMedia(String post, int number, String path) throws SQLException {
        String cid = "bafkreimissing" + number;
        media.add(
                ++lastMedia, post, cid, "image/png", path, 1_000_000_000_000L, "0".repeat(64), path, null, null, null);
    }
}
