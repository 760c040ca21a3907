package dev.windrow.worker.run;

import dev.windrow.common.export.Warning;
import dev.windrow.worker.run.AttachmentsPart.Copied;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a completed export is told beside its archive: sentences, each with its numbers and at most a few
 * names.
 */
final class RunWarnings {
    private static final int NAMES = 5;
    private static final int LONGEST_NAME = 100;
    /** Names come from data, and are read in terminals and mails too. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    private RunWarnings() {}

    /**
     * All that there is to tell; none when all was well.
     *
     * @param tally of the whole archive
     * @param attachments of each file that has some
     * @param counted the rows that were counted beside the run; null where they were not
     */
    static List<Warning> of(EntryTally tally, Collection<Copied> attachments, @Nullable Long counted) {
        List<Warning> told = new ArrayList<>();
        rowsChanged(counted, tally.rows()).ifPresent(told::add);
        replaced(tally).ifPresent(told::add);
        truncated(tally).ifPresent(told::add);
        renamed(attachments.stream()
                        .flatMap(one -> one.renamed().keySet().stream())
                        .toList())
                .ifPresent(told::add);
        missing(attachments.stream().flatMap(one -> one.missing().stream()).toList())
                .ifPresent(told::add);
        return told;
    }

    /**
     * Told where rows went. That more were written than were counted is no news: rows come behind the position all the
     * time, and none of those that were counted is missing.
     */
    static Optional<Warning> rowsChanged(@Nullable Long counted, long written) {
        return counted == null || written >= counted
                ? Optional.empty()
                : Optional.of(new Warning(
                        Warning.Type.ROWS_CHANGED,
                        are(counted, "row was", "rows were") + " counted, " + grouped(written)
                                + (written == 1 ? " was" : " were") + " there: rows seem to have gone meanwhile."));
    }

    private static Optional<Warning> replaced(EntryTally tally) {
        long number = number(tally, "replaced");
        String what = number == 1
                ? " character that UTF-8 or the format can't hold was replaced by U+FFFD, in "
                : " characters that UTF-8 or the format can't hold were replaced by U+FFFD, in ";
        return told(Warning.Type.VALUES_REPLACED, number, what + where(tally, "replaced") + ".");
    }

    private static Optional<Warning> truncated(EntryTally tally) {
        long number = number(tally, "truncated");
        String what = number == 1 ? " text was" : " texts were";
        return told(
                Warning.Type.CELLS_TRUNCATED,
                number,
                what + " cut at the 32,767 characters that a cell holds, in " + where(tally, "truncated")
                        + ". CSV and JSON have them whole.");
    }

    private static Optional<Warning> renamed(List<String> entries) {
        String what = entries.size() == 1
                ? " file is called otherwise than was asked for, since its name was taken or is not safe everywhere: "
                : " files are called otherwise than was asked for, since their names were taken or are not safe"
                        + " everywhere: ";
        return told(Warning.Type.NAMES_CHANGED, entries.size(), what + listed(entries) + ".");
    }

    private static Optional<Warning> missing(List<String> names) {
        String what = names.size() == 1
                ? " attachment could not be copied, since it is not there or may not be read: "
                : " attachments could not be copied, since they are not there or may not be read: ";
        return told(Warning.Type.ATTACHMENTS_MISSING, names.size(), what + listed(names) + ".");
    }

    private static Optional<Warning> told(Warning.Type type, long number, String what) {
        return number == 0 ? Optional.empty() : Optional.of(new Warning(type, grouped(number) + what));
    }

    private static long number(EntryTally tally, String count) {
        return tally.entries().stream().mapToLong(entry -> count(entry, count)).sum();
    }

    private static long count(EntryTally.Entry entry, String count) {
        return entry.counts().getOrDefault(count, 0L);
    }

    /** Each of the files with its own number, where there are several. */
    private static String where(EntryTally tally, String count) {
        List<EntryTally.Entry> altered = tally.entries().stream()
                .filter(entry -> count(entry, count) > 0)
                .toList();
        boolean one = altered.size() == 1;
        return listed(altered.stream()
                .map(entry -> one ? entry.name() : entry.name() + " (" + grouped(count(entry, count)) + ")")
                .toList());
    }

    private static String listed(List<String> names) {
        List<String> shown = names.stream().limit(NAMES).map(RunWarnings::shown).toList();
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more == 0 ? "" : " and " + grouped(more) + " more");
    }

    private static String shown(String name) {
        String seen = UNSEEN.matcher(name).replaceAll("\uFFFD");
        boolean fits = seen.codePointCount(0, seen.length()) <= LONGEST_NAME;
        return fits ? seen : seen.substring(0, seen.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    private static String are(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
