package dev.windrow.examples.projects;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes projects: who and what by their maker, everything else by chance. Immutable. */
final class ProjectRows {
    static final int COLUMNS = 23;
    /** Columns that hostile projects change. */
    static final int NAME = 1;

    static final int START_DATE = 5;
    static final int LOCATION = 7;
    static final int LOCATION_OTHER = 8;
    static final int DESCRIPTION = 10;
    static final int BILLING_AMOUNT = 11;
    static final int PM_NOTES = 15;

    private static final List<String> STATUSES = List.of("approved", "active", "on_hold", "completed", "cancelled");
    private static final List<String> LOCATIONS =
            List.of("headquarters", "test_house", "remote", "client_site", "other");

    private final Directory directory;

    ProjectRows(Directory directory) {
        this.directory = directory;
    }

    /** What is not left to chance. */
    record Given(String id, Software software, long number, String organization, String owner, String suffix) {}

    /** A row of the table, its columns in order. */
    @Nullable Object[] row(Given given, Chance chance) {
        Software software = given.software;
        long start = Directory.FIRST_MS + chance.below(2500) * Times.DAY_MS;
        long startDay = start / Times.DAY_MS;
        String location = LOCATIONS.get(chance.below(12, 5));
        boolean placed = List.of("client_site", "test_house", "other").contains(location);
        Directory.City city = placed
                ? directory.cities().get(chance.below(16, directory.cities().size()))
                : null;
        return new @Nullable Object[] {
            given.id,
            software.name() + given.suffix,
            given.organization,
            given.owner,
            STATUSES.get(chance.below(3, 5)),
            Times.day(startDay),
            chance.below(4) == 0 ? null : Times.day(startDay + chance.below(24, 400)),
            location,
            city != null && location.equals("other") ? city.name() + ", " + city.country() : null,
            city == null ? null : city.id(),
            software.whole(),
            billingAmount(chance),
            chance.below(5) == 0 ? null : chance.below(9, 40),
            recipient(chance),
            billingNotes(chance),
            notes(software, chance),
            chance.below(2) == 0 ? null : "https://monday.example.com/boards/" + chance.below(1_000_000_000),
            "https://jira.example.com/browse/PRJ-" + given.number,
            software.homepage(),
            software.version(),
            "R" + digits(chance.below(100_000), 5),
            Times.iso(start),
            Times.iso(start + chance.below(40, 1_000_000_000))
        };
    }

    private static @Nullable String billingAmount(Chance chance) {
        return chance.below(3) == 0 ? null : chance.below(7, 1_000_000) + "." + digits(chance.below(100), 2);
    }

    private @Nullable String recipient(Chance chance) {
        int one = chance.below(33, directory.organizations().size());
        return chance.below(3) == 1 ? directory.organizations().get(one).name() : null;
    }

    private static @Nullable String billingNotes(Chance chance) {
        return chance.below(30, 10) == 0
                ? "Net 30; PO \"" + chance.below(100_000) + "\"\r\nsend to accounting, not to PM"
                : null;
    }

    private @Nullable String notes(Software software, Chance chance) {
        String emoji = directory.emoji().get(chance.below(20, directory.emoji().size()));
        return chance.below(7) == 0 ? emoji + " follow-up: " + software.summary() + "\n- " + software.section() : null;
    }

    private static String digits(long number, int width) {
        String digits = Long.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
