package dev.windrow.examples.projects;

import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom and what projects refer to: real organizations, real places, made-up users, real words. Immutable. */
record Directory(
        List<Organization> organizations,
        List<User> users,
        List<City> cities,
        List<Software> software,
        List<String> sections,
        List<String> tags,
        List<String> emoji) {
    /** Ids of organizations, users and real projects begin with 2019, those of load projects with 2021. */
    static final long FIRST_MS = Times.millis(2019, 1, 1);

    static final long LOAD_MS = Times.millis(2021, 1, 1);
    private static final int LOAD_FACTOR = 7;

    private static final List<String> NAMES = List.of(
            "Ada Example",
            "José Ñuñez",
            "Łukasz Żółć",
            "O'Brien, Sinéad",
            "Иван Пример",
            "山田 太郎",
            "مثال علي",
            "Zoë \"Zed\" Doe",
            "Nguyễn Văn Ví",
            "Δοκιμή Παππά");

    record Organization(String id, String name, @Nullable String address) {}

    record User(String id, String name, String email) {}

    /** A place, with its cells as they came. */
    record City(long id, String name, String country, List<String> cells) {}

    static Directory load() throws IOException {
        List<Software> software = Software.all();
        List<String> sections =
                software.stream().map(Software::section).distinct().sorted().toList();
        Stream<String> oddTags = Stream.of("a,b", "quo\"ted", "  spaced  ", "日本語", "=formula");
        return new Directory(
                organizationsOf(RealData.rows("ieee_orgs.csv.gz")),
                usersOf(),
                RealData.rows("cities15000.csv.gz").stream()
                        .skip(1)
                        .map(row -> new City(Long.parseLong(row.get(0)), row.get(1), row.get(2), row))
                        .toList(),
                software,
                sections,
                Stream.concat(sections.stream(), oddTags).toList(),
                RealData.rows("emoji15.csv.gz").stream()
                        .skip(1)
                        .map(row -> row.get(0))
                        .toList());
    }

    private static List<Organization> organizationsOf(List<List<String>> rows) {
        List<Organization> organizations = new ArrayList<>();
        organizations.add(new Organization(id(FIRST_MS, 1), ProjectsSample.LOAD, "1 Load Street"));
        for (List<String> row : rows.subList(1, rows.size())) {
            String address = row.get(1).isEmpty() ? null : row.get(1);
            organizations.add(new Organization(id(FIRST_MS, organizations.size() + 1L), row.get(0), address));
        }
        return organizations;
    }

    private static List<User> usersOf() {
        return IntStream.range(0, 50)
                .mapToObj(i -> new User(
                        id(FIRST_MS, 900_000L + i),
                        i < NAMES.size() ? NAMES.get(i) : "User " + i,
                        "user" + i + "@example.org"))
                .toList();
    }

    /** In the form of a UUID of version 7: ordered by time. */
    static String id(long millis, long number) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(millis >>> 16, 8)
                + "-" + hex.toHexDigits(millis, 4)
                + "-7" + hex.toHexDigits(number, 3)
                + "-8" + hex.toHexDigits(number >>> 12, 3)
                + "-" + hex.toHexDigits(number * 0x9E3779B97F4A7C15L >>> 8, 12);
    }

    static String realId(int project) {
        return id(FIRST_MS + project, project);
    }

    static String loadId(long project) {
        return id(LOAD_MS + project, LOAD_FACTOR + project);
    }

    void write(Tables tables) throws SQLException {
        Tables.Table places = tables.into("locations", 7);
        for (City city : cities) {
            List<String> cells = city.cells;
            places.add(
                    city.id,
                    city.name,
                    city.country,
                    cells.get(3),
                    Long.valueOf(cells.get(5)),
                    Double.valueOf(cells.get(6)),
                    Double.valueOf(cells.get(7)));
        }
        Tables.Table companies = tables.into("organizations", 3);
        for (Organization organization : organizations) {
            companies.add(organization.id, organization.name, organization.address);
        }
        Tables.Table people = tables.into("users", 3);
        for (User user : users) {
            people.add(user.id, user.name, user.email);
        }
        Tables.Table words = tables.into("tags", 2);
        for (String tag : tags) {
            words.add(tags.indexOf(tag) + 1, tag);
        }
    }
}
