package dev.windrow.worker.run;

import dev.windrow.common.source.SourceException;
import dev.windrow.worker.archive.BlockRule;
import dev.windrow.worker.attachments.AttachmentFolder;
import dev.windrow.worker.attachments.AttachmentList;
import dev.windrow.worker.attachments.AttachmentList.Attachment;
import dev.windrow.worker.run.ExportPlan.Reached;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies the attachments of one file into the archive, in blocks, so that a later run can go on within one. Belongs to
 * the run's thread.
 */
final class AttachmentsPart {
    private final List<Attachment> attachments;
    private final AttachmentList list;
    private final AttachmentFolder folder;
    private final Blocks blocks;
    private final Runnable stillWanted;
    private final byte[] buffer = new byte[BlockRule.MOST_BYTES];

    /** @param stillWanted run before each file; what it throws ends the copying */
    AttachmentsPart(AttachmentList list, AttachmentFolder folder, Blocks blocks, Runnable stillWanted) {
        this.list = list;
        this.attachments = list.attachments();
        this.folder = folder;
        this.blocks = blocks;
        this.stillWanted = stillWanted;
    }

    /**
     * What became of the attachments of one file, by this run and those before it.
     *
     * @param missing what the manifest calls those that can't be copied
     * @param renamed the entries that are called otherwise than was asked for, in order, each with what was
     */
    record Copied(List<String> missing, Map<String, String> renamed) {
        static final Copied NONE = new Copied(List.of(), Map.of());
    }

    /** Copies what earlier runs have not. */
    Copied write(Reached reached, EntryTally tally) throws IOException, SourceException, StoppedException {
        List<String> missing = new ArrayList<>();
        EntryTally.Entry last = reached == Reached.WITHIN ? tally.last() : null;
        int done = reached == Reached.PASSED ? attachments.size() : 0;
        if (last != null) {
            done = placeOf(last) + 1;
        }
        addMissing(done, tally, missing);
        if (last != null && last.isOpen()) {
            goOn(attachments.get(done - 1), Long.parseLong(String.valueOf(last.position())));
        }
        for (Attachment attachment : attachments.subList(done, attachments.size())) {
            stillWanted.run();
            if (!copy(attachment)) {
                missing.add(attachment.shown());
            }
        }
        return new Copied(missing, renamed(tally));
    }

    private Map<String, String> renamed(EntryTally tally) {
        Set<String> copied = entries(tally);
        Map<String, String> renamed = new LinkedHashMap<>();
        for (Attachment attachment : attachments) {
            String entry = attachment.entry();
            if (entry != null && attachment.isRenamed() && copied.contains(entry)) {
                renamed.put(entry, attachment.wished());
            }
        }
        return renamed;
    }

    private static Set<String> entries(EntryTally tally) {
        return tally.entries().stream().map(EntryTally.Entry::name).collect(Collectors.toSet());
    }

    private int placeOf(EntryTally.Entry last) throws SourceException {
        int place = list.indexOf(last.name());
        if (place < 0) {
            throw new SourceException(
                    SourceException.Kind.QUERY, "The attachments are not those that the export began with.");
        }
        return place;
    }

    /** Those of the first that earlier runs left out. */
    private void addMissing(int done, EntryTally tally, List<String> missing) {
        Set<String> copied = entries(tally);
        for (Attachment attachment : attachments.subList(0, done)) {
            if (!copied.contains(String.valueOf(attachment.entry()))) {
                missing.add(attachment.shown());
            }
        }
    }

    /** @return false when it can't be opened */
    private boolean copy(Attachment attachment) throws IOException, SourceException, StoppedException {
        String entry = attachment.entry();
        if (entry == null) {
            return false;
        }
        try (FileChannel file = open(attachment)) {
            if (file == null) {
                return false;
            }
            blocks.open(entry, null);
            copy(attachment, file, 0);
            return true;
        }
    }

    private @Nullable FileChannel open(Attachment attachment) throws SourceException {
        try {
            return folder.open(attachment.path());
        } catch (IOException e) {
            // It may be there for all we know, so it is not missing.
            throw new SourceException(
                    SourceException.Kind.UNAVAILABLE,
                    "The attachment " + attachment.shown() + " could not be opened for a reason that may pass.",
                    e);
        }
    }

    private void goOn(Attachment attachment, long from) throws IOException, SourceException, StoppedException {
        try (FileChannel file = open(attachment)) {
            if (file == null || file.size() < from) {
                throw unreadable(attachment, null);
            }
            copy(attachment, file, from);
        }
    }

    private void copy(Attachment attachment, FileChannel file, long from)
            throws IOException, SourceException, StoppedException {
        boolean stored = AttachmentFolder.isCompressed(attachment.path());
        long at = from;
        int length = read(attachment, file, at);
        while (length > 0) {
            blocks.append(buffer, length, stored);
            at += length;
            blocks.end(0, Long.toString(at), Map.of(), stored);
            length = read(attachment, file, at);
        }
        blocks.close(0, Map.of(), stored);
    }

    /** Fills the buffer, so that blocks end where they always do. */
    private int read(Attachment attachment, FileChannel file, long from) throws SourceException {
        ByteBuffer into = ByteBuffer.wrap(buffer);
        try {
            int read = 0;
            while (into.hasRemaining() && read >= 0) {
                read = file.read(into, from + into.position());
            }
        } catch (IOException e) {
            throw unreadable(attachment, e);
        }
        return into.position();
    }

    /** May pass, unlike a file that was not there from the start: a part of this one is in the archive. */
    private static SourceException unreadable(Attachment attachment, @Nullable IOException cause) {
        String detail = "The attachment " + attachment.shown() + " changed or could not be read while it was copied.";
        return cause == null
                ? new SourceException(SourceException.Kind.UNAVAILABLE, detail)
                : new SourceException(SourceException.Kind.UNAVAILABLE, detail, cause);
    }
}
