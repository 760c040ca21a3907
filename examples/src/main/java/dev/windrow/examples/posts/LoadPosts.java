package dev.windrow.examples.posts;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.Times;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As many posts as are asked for, of one account: 5,000 in a row of one instant, and every tenth with its neighbour's.
 */
final class LoadPosts {
    private static final long SEED = 3_000_017;
    private static final int TIES = 5_000;
    private static final int MEDIA = 200;
    private static final long START = Times.millis(2023, 6, 1) * 1000;

    private final Accounts accounts;
    private final List<String> texts;
    private final List<String> emoji;
    private final MediaFolder folder;

    LoadPosts(Accounts accounts, Texts texts, MediaFolder folder) {
        this.accounts = accounts;
        this.texts = texts.mixed();
        this.emoji = texts.emoji();
        this.folder = folder;
    }

    void write(long rows) throws SQLException, IOException {
        long media = Math.min(MEDIA, rows);
        for (long i = 0; i < rows; i++) {
            boolean illustrated = i % (rows / media) == 0 && i / (rows / media) < media;
            MediaFolder.Media image = illustrated ? folder.write(i) : null;
            Chance chance = Chance.of(SEED + i);
            PostRows.Given given = new PostRows.Given(
                    PostsSample.LOAD,
                    microseconds(i),
                    1,
                    text(i, chance),
                    created(i, rows / 3),
                    image == null ? null : image.embedded());
            accounts.post(given, chance);
            if (image != null) {
                accounts.media(given.uri(), image, image.hasThumb() ? folder.thumb() : null);
            }
        }
    }

    private static long microseconds(long i) {
        return START + i * 7_000_003;
    }

    /** Null for the post's own moment. */
    private static @Nullable String created(long i, long ties) {
        if (i >= ties && i < ties + TIES) {
            return Times.iso(microseconds(ties) / 1000);
        }
        return i % 10 == 9 ? Times.iso(microseconds(i - 1) / 1000) : null;
    }

    private String text(long i, Chance chance) {
        String text = texts.get((int) (i * 7919 % texts.size()));
        return switch (chance.below(50, 4)) {
            case 1 ->
                text + " " + emoji.get(chance.below(20, emoji.size())) + emoji.get(chance.below(32, emoji.size()));
            case 2 -> text + "\n\n" + texts.get(chance.below(13, texts.size()));
            case 3 -> text + "\n#post" + i + " @load.example.com https://example.com/p/" + chance.below(100_000);
            default -> text;
        };
    }
}
