package dev.windrow.examples.posts;

import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Posts of accounts in many languages, and media files beside the database. The account {@link #LOAD} has the load
 * rows.
 */
public final class PostsSample implements Sample {
    /** The account of the load rows. */
    public static final String LOAD = "did:plc:loadloadloadloadloadload";

    private static final String SCHEMA = """
            CREATE TABLE profiles(
              did TEXT PRIMARY KEY, handle TEXT NOT NULL UNIQUE, display_name TEXT, description TEXT, created_at TEXT);
            CREATE TABLE posts(
              uri TEXT PRIMARY KEY, cid TEXT NOT NULL, did TEXT NOT NULL REFERENCES profiles(did), text TEXT NOT NULL,
              created_at TEXT NOT NULL, indexed_at TEXT NOT NULL, has_media INTEGER NOT NULL DEFAULT 0,
              like_count INTEGER NOT NULL DEFAULT 0, repost_count INTEGER NOT NULL DEFAULT 0,
              reply_count INTEGER NOT NULL DEFAULT 0, quote_count INTEGER NOT NULL DEFAULT 0,
              is_reply INTEGER NOT NULL DEFAULT 0, reply_parent TEXT, embed_type TEXT, embed_data TEXT, labels TEXT,
              archived_at TEXT NOT NULL);
            CREATE TABLE media(
              id INTEGER PRIMARY KEY, post_uri TEXT NOT NULL REFERENCES posts(uri) ON DELETE CASCADE, cid TEXT NOT NULL,
              mime_type TEXT NOT NULL, local_path TEXT NOT NULL, size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
              alt TEXT, width INTEGER, height INTEGER, thumb BLOB);
            """;

    private static final String INDEXES = """
            CREATE INDEX idx_posts_created_at ON posts(created_at DESC, uri);
            CREATE INDEX idx_posts_did_created ON posts(did, created_at DESC, uri);
            CREATE INDEX idx_media_post ON media(post_uri);
            """;

    @Override
    public Layout layout() {
        return new Layout(
                "posts", 1, SCHEMA, INDEXES, "posts", 14_230, "select count(*) from posts where did = '" + LOAD + "'");
    }

    @Override
    public void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException {
        Texts texts = Texts.load();
        Accounts accounts = new Accounts(tables);
        accounts.profile(
                LOAD, "load.example.com", "Load 📈", "exactly --rows posts", Times.iso(Times.millis(2023, 1, 1)));
        accounts.profile("did:plc:emptyemptyemptyemptyempt", "empty.example.com", null, null, null);
        new RealPosts(accounts, texts).write();
        new LoadPosts(accounts, texts, new MediaFolder(folder, texts.emoji())).write(loadRows);
        HostilePosts.write(accounts);
    }
}
