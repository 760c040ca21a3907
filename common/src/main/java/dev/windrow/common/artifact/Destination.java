package dev.windrow.common.artifact;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * A place outside Windrow that finished archives are copied to: a folder, a bucket, a server. Under an archive's name
 * there is all of it or nothing, also after a kill. Made without asking the place, which may be away for now. Safe for
 * use by many threads and processes, also for the same archive at once.
 */
public interface Destination {
    /** The bytes that are copied; each opening reads them anew. The caller closes what was opened. */
    interface Content {
        SeekableByteChannel open() throws IOException;
    }

    /**
     * An archive on its way.
     *
     * @param name that it is to have there: safe names with a slash between
     * @param id of this delivery, the same over all its tries ({@code [A-Za-z0-9_-]+}): what it leaves half done is
     *     found again by it
     * @param bytes its length
     * @param sha256 its digest, 64 lower-case hex digits
     * @param overwrite whether it takes the place of another file of that name
     */
    record Parcel(String name, String id, long bytes, String sha256, Content content, boolean overwrite) {
        public Parcel {
            if (!isId(id)) {
                throw new IllegalArgumentException("id of a delivery: " + id);
            }
        }

        static boolean isId(String text) {
            return text.matches("[A-Za-z0-9_-]{1,64}");
        }
    }

    /**
     * Copies the archive, and says so only when what lies there was compared with its digest. One that is there already
     * is left as it is. Blocks for as long as the bytes take; an interrupt ends it.
     *
     * @throws DestinationException when it could not be; says whether another try may do better
     * @throws IOException as the content throws it, and for what no place has a reason
     */
    void put(Parcel parcel) throws IOException;

    /**
     * What tries that ended may have left here.
     *
     * @param folders how many of them an archive's name leads through
     * @param before when it was written to for the last time: of no delivery that is still tried
     * @param givenUp whether an archive of that name was to come here and never will; asked where what is half done
     *     has the archive's own name
     */
    record Leftovers(int folders, Instant before, Predicate<String> givenUp) {}

    /**
     * Removes what tries have left half done that nobody goes on with, and nothing that is somebody else's. Takes time:
     * all that lies there is looked at.
     *
     * @return how much it was
     * @throws IOException as {@link #put} does
     */
    int sweep(Leftovers leftovers) throws IOException;
}
