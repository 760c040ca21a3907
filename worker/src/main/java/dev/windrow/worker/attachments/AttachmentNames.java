package dev.windrow.worker.attachments;

import dev.windrow.common.catalog.SafeName;
import dev.windrow.worker.archive.EntryName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/*
 * Each folder has a number, and a name is kept under the number of its folder, so that what is held and done grows with
 * the names and not with the depth of their folders. For each name that was ever numbered the next number is kept: a
 * number that is taken is met once.
 */
/**
 * Gives the attachments of one file their names below its folder: safe ones, of which no two are one name on any
 * system, and none that of a folder. All wished names come twice, in the same order: first to {@link #expect}, then to
 * {@link #take}. Not thread-safe.
 */
final class AttachmentNames {
    /** What the longest number takes: a blank, two brackets, and the digits of {@link AttachmentList#MOST}. */
    private static final int NUMBER_BYTES = 9;

    private final int mostBytes;
    private final Map<String, Integer> folders = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> next = new HashMap<>();

    /** @param folder what all their entries lie in */
    AttachmentNames(String folder) {
        this.mostBytes = EntryName.LONGEST - NUMBER_BYTES - EntryName.length(folder) - 1;
    }

    /** Notes the folders of a name, which no file may have as its own. */
    void expect(String wished) {
        folderOf(SafeName.path(wished, mostBytes));
    }

    /** The name itself where it is safe and free; with a number if it was there before. */
    String take(String wished) {
        String path = SafeName.path(wished, mostBytes);
        int folder = folderOf(path);
        int start = path.lastIndexOf('/') + 1;
        String part = path.substring(start);
        return isFree(folder, part) ? path : path.substring(0, start) + numbered(folder, part);
    }

    private int folderOf(String path) {
        int folder = 0;
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            String key = key(folder, path.substring(from, slash));
            folder = folders.computeIfAbsent(key, first -> folders.size() + 1);
            from = slash + 1;
        }
        return folder;
    }

    private boolean isFree(int folder, String part) {
        String key = key(folder, part);
        return !folders.containsKey(key) && taken.add(key);
    }

    private String numbered(int folder, String part) {
        // Cut before the number is known: names that are one when they are cut go by one count.
        String base = SafeName.cut(part, SafeName.MOST_BYTES - NUMBER_BYTES);
        int end = SafeName.extension(base);
        String key = key(folder, base);
        int number = next.getOrDefault(key, 2);
        String name = numbered(base, end, number);
        while (!isFree(folder, name)) {
            number++;
            name = numbered(base, end, number);
        }
        next.put(key, number + 1);
        return name;
    }

    private static String numbered(String base, int end, int number) {
        return base.substring(0, end) + " (" + number + ")" + base.substring(end);
    }

    private static String key(int folder, String part) {
        return folder + "/" + SafeName.key(part);
    }
}
