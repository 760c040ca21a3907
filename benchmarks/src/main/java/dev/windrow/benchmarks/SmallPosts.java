package dev.windrow.benchmarks;

import java.util.List;
import java.util.Locale;

/** A table of small posts, in no order of their addresses, with two replies to each and an index on the author. */
final class SmallPosts {
    private SmallPosts() {}

    /** @param rows posts of the author {@code load}; others have a tenth of that beside */
    static SqliteInput input(long rows, String catalog) {
        long all = rows + rows / 10;
        String numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < %d) ";
        return new SqliteInput(
                "small-posts-" + rows,
                catalog,
                List.of(
                        "create table authors(did text primary key, name text not null) without rowid",
                        "insert into authors values ('load', 'Load'), ('other', 'Other')",
                        "create table posts(id integer primary key, uri text not null unique,"
                                + " author text not null references authors(did), created_at integer not null, likes integer not null)",
                        String.format(Locale.ROOT, numbers, all)
                                // Odd, so that no two addresses are alike.
                                + "insert into posts select i, printf('at://post/%08x', (i * 2654435761) & 0xffffffff),"
                                + " case when i % 11 = 0 then 'other' else 'load' end, 1700000000000 + i * 977, i * i % 1000 from n",
                        "create index posts_by_author on posts(author)",
                        "create table replies(id integer primary key, post integer not null, replied_at integer not null)",
                        String.format(Locale.ROOT, numbers, 2 * rows)
                                + "insert into replies select i, i * 7919 % " + rows + " + 1,"
                                + " 1700000000000 + i * 7919 % " + rows + " * 977 from n",
                        "pragma journal_mode = wal"));
    }
}
