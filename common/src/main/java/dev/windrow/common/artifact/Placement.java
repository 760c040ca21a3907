package dev.windrow.common.artifact;

import dev.windrow.common.artifact.Destination.Parcel;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Puts an archive among other people's files, by the steps that every file system has: written under a temporary name,
 * read back, renamed. What an earlier try has written is gone on with. Belongs to one thread.
 */
public final class Placement {
    private static final String BEGIN = ".windrow-";
    private static final String END = ".part";

    private final Files files;
    private final Parcel parcel;
    private final String part;

    /** Where the archive is put. All names are relative, with slashes; none leads through a link. */
    public interface Files {
        /** Makes the folders of that name's path that are missing. */
        void makeFolders(String name) throws IOException;

        /** Of a file; empty when there is nothing of that name. Fails for what is no file. */
        OptionalLong length(String name) throws IOException;

        /** From its first byte on. The caller closes it. */
        ReadableByteChannel read(String name) throws IOException;

        /**
         * Writes all of the rest into the file, which is made where it is missing, from that place on; durably. It is
         * not cut before: it may be the archive already, by another process that has this delivery too.
         */
        void write(String name, long from, ReadableByteChannel rest) throws IOException;

        /** Gives a file another name, durably. @return false when there is something of that name */
        boolean moveIfAbsent(String from, String to) throws IOException;

        /** Gives a file another's name, whose place it takes, durably. */
        void replace(String from, String to) throws IOException;

        /** Says nothing when there is none. */
        void delete(String name) throws IOException;
    }

    private Placement(Files files, Parcel parcel) {
        this.files = files;
        this.parcel = parcel;
        this.part = parcel.name().substring(0, parcel.name().lastIndexOf('/') + 1) + BEGIN + parcel.id() + END;
    }

    /** Whether a file of that name, without its folders, is an archive that is not whole. */
    public static boolean isPart(String name) {
        return name.length() > BEGIN.length() + END.length()
                && name.startsWith(BEGIN)
                && name.endsWith(END)
                && Parcel.isId(name.substring(BEGIN.length(), name.length() - END.length()));
    }

    /** As {@link Destination#put} has it. */
    public static void put(Files files, Parcel parcel) throws IOException {
        new Placement(files, parcel).run();
    }

    private void run() throws IOException {
        files.makeFolders(parcel.name());
        if (isThere()) {
            files.delete(part);
            return;
        }
        try {
            write();
        } catch (IOException e) {
            if (isFull(e)) {
                // A full disk is not kept full for the sake of the next try.
                files.delete(part);
            }
            throw e;
        }
        requireWritten();
        move();
    }

    /** Whether a file of that name is the archive. */
    private boolean isThere() throws IOException {
        OptionalLong there = files.length(parcel.name());
        if (there.isEmpty()) {
            return false;
        }
        if (there.getAsLong() == parcel.bytes() && digest(parcel.name()).equals(parcel.sha256())) {
            return true;
        }
        if (!parcel.overwrite()) {
            // Nobody goes on with it.
            files.delete(part);
            throw DestinationException.never("there is another file of that name, and this place overwrites none");
        }
        return false;
    }

    private void write() throws IOException {
        long from = files.length(part).orElse(0);
        if (from > parcel.bytes()) {
            files.delete(part);
            from = 0;
        }
        try (SeekableByteChannel content = parcel.content().open()) {
            content.position(from);
            files.write(part, from, content);
        }
    }

    /** Also what an earlier try has written. */
    private void requireWritten() throws IOException {
        if (!digest(part).equals(parcel.sha256())) {
            files.delete(part);
            throw DestinationException.again("what was read back there is not what was sent", null);
        }
    }

    private void move() throws IOException {
        if (parcel.overwrite()) {
            files.replace(part, parcel.name());
            return;
        }
        if (!files.moveIfAbsent(part, parcel.name())) {
            // Another process with this delivery was faster, or somebody else.
            boolean isThere = isThere();
            files.delete(part);
            if (!isThere) {
                throw DestinationException.again("the name was taken for a moment", null);
            }
        }
    }

    private String digest(String name) throws IOException {
        try (ReadableByteChannel file = files.read(name)) {
            return Sha256.of(file, read -> {});
        }
    }

    /** Whether it says that there is no room. */
    public static boolean isFull(IOException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("no space left") || said.contains("quota exceeded") || said.contains("not enough space");
    }
}
