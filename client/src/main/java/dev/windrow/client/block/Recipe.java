package dev.windrow.client.block;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an archive is put together, from its first byte to its last: of what an earlier one has, and of what has to be
 * fetched. Whether it comes out right, the archive's digest tells. Immutable.
 */
public final class Recipe {
    /**
     * What lies between two fetches and is shorter is fetched with them: a single stretch, more or less, which takes
     * less time than another request on most ways to a server.
     */
    private static final long LEAST_BETWEEN = 16 << 10;

    /** Each fetch is a request, a line of the server's log and a row of its audit. */
    private static final int MOST_FETCHES = 1_000;

    /** Some 20 MB of them, whatever the list says: so much of a large archive is put together of large pieces. */
    private static final int MOST_PIECES = 1 << 19;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final List<Piece> pieces;

    private Recipe(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /**
     * Bytes of the archive that come from one place.
     *
     * @param from of its first byte in the archive
     * @param to behind its last one
     * @param source where it begins in the earlier archive; -1 if it has to be fetched
     */
    public record Piece(long from, long to, long source) {
        private static final long NOWHERE = -1;

        /** Whether the earlier archive has it. */
        public boolean isHere() {
            return source != NOWHERE;
        }

        private long length() {
            return to - from;
        }

        private boolean goesOnWith(Piece next) {
            return isHere() ? source + length() == next.source : !next.isHere();
        }

        private Piece upTo(long end) {
            return new Piece(from, end, source);
        }
    }

    /** A list that does not describe the archive. */
    public static final class MisfitException extends Exception {
        private static final long serialVersionUID = 1L;

        private MisfitException(String message) {
            super(message);
        }
    }

    /**
     * Reads the list of an archive's blocks and looks for each in an earlier archive, which has been looked at.
     *
     * @param list as the API gives it; not closed
     * @param sha256 of the archive, in hex
     * @param bytes its length
     * @throws MisfitException if it is no such list, or that of another archive
     * @throws IOException if it can't be read to its end
     */
    public static Recipe of(InputStream list, String sha256, long bytes, EarlierArchive earlier)
            throws IOException, MisfitException {
        Reader reader = new Reader(earlier, bytes);
        try (JsonParser json = JsonMapper.shared().createParser(list)) {
            reader.read(json);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new MisfitException("it is no list of blocks");
        }
        if (!reader.archive.equals(sha256) || reader.said != bytes || reader.end != bytes) {
            throw ofAnother();
        }
        return new Recipe(joined(reader.pieces));
    }

    private static MisfitException ofAnother() {
        return new MisfitException("it is the list of another archive");
    }

    /** What comes next at that place in the archive. */
    public Piece at(long position) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).from <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return pieces.get(low);
    }

    /** Whether the earlier archive has so much of it that it is worth while. */
    public boolean saves() {
        return pieces.stream().anyMatch(Piece::isHere);
    }

    /**
     * Fetches what is short with what lies around it, and more than that if there were too many fetches. This ends: not
     * all that lies between more than so many fetches can be longer than a thousandth of the archive.
     */
    private static List<Piece> joined(List<Piece> all) {
        List<Piece> pieces = all;
        long between = LEAST_BETWEEN;
        do {
            pieces = joined(pieces, between);
            between *= 2;
        } while (pieces.stream().filter(piece -> !piece.isHere()).count() > MOST_FETCHES);
        return pieces;
    }

    private static List<Piece> joined(List<Piece> pieces, long between) {
        List<Piece> joined = new ArrayList<>();
        int next = 0;
        while (next < pieces.size()) {
            int first = next++;
            if (!pieces.get(first).isHere()) {
                append(joined, pieces.get(first));
                continue;
            }
            // All of it that is here, though it lies in several places of the earlier archive.
            while (next < pieces.size() && pieces.get(next).isHere()) {
                next++;
            }
            long from = pieces.get(first).from;
            long to = pieces.get(next - 1).to;
            if (first > 0 && next < pieces.size() && to - from < between) {
                append(joined, new Piece(from, to, Piece.NOWHERE));
            } else {
                joined.addAll(pieces.subList(first, next));
            }
        }
        return joined;
    }

    /** Behind the last one, or as a part of it. */
    private static void append(List<Piece> pieces, Piece next) {
        int last = pieces.size() - 1;
        if (last >= 0 && pieces.get(last).goesOnWith(next)) {
            pieces.set(last, pieces.get(last).upTo(next.to));
        } else {
            pieces.add(next);
        }
    }

    /** Reads a list of any length, holding what it comes to. */
    private static final class Reader {
        private final EarlierArchive earlier;
        private final long bytes;
        private final List<Piece> pieces = new ArrayList<>();
        private String archive = "";
        private long said = -1;
        private long end;

        Reader(EarlierArchive earlier, long bytes) {
            this.earlier = earlier;
            this.bytes = bytes;
        }

        void read(JsonParser json) throws MisfitException {
            expect(json, JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "archive" -> archive = json.getString();
                    case "bytes" -> said = json.getLongValue();
                    case "blocks" -> readBlocks(json);
                    default -> json.skipChildren();
                }
            }
        }

        private void readBlocks(JsonParser json) throws MisfitException {
            while (json.nextToken() == JsonToken.START_ARRAY) {
                expect(json, JsonToken.VALUE_NUMBER_INT);
                long offset = json.getLongValue();
                expect(json, JsonToken.VALUE_NUMBER_INT);
                long length = json.getLongValue();
                expect(json, JsonToken.VALUE_STRING);
                String sha256 = json.getString();
                expect(json, JsonToken.END_ARRAY);
                if (offset != end || length <= 0 || !DIGEST.matcher(sha256).matches()) {
                    throw new MisfitException("its blocks do not follow each other");
                }
                if (length > bytes - end) {
                    throw ofAnother();
                }
                end += length;
                add(new Piece(offset, end, earlier.find(sha256).orElse(Piece.NOWHERE)));
            }
        }

        /** What would be one too many is fetched, with all that follows it. */
        private void add(Piece piece) {
            append(pieces, pieces.size() < MOST_PIECES ? piece : new Piece(piece.from, piece.to, Piece.NOWHERE));
        }

        private static void expect(JsonParser json, JsonToken token) throws MisfitException {
            if (json.nextToken() != token) {
                throw new MisfitException("it is no list of blocks");
            }
        }
    }
}
