package dev.windrow.worker.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.windrow.common.artifact.Sha256;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * What deflates: the zlib of this JVM, told by what it makes of a fixed probe. Two engines of the same name make the
 * same archive of the same rows; of others nobody can tell before it is made. Safe for use by many threads.
 */
public final class Engine {
    /** Of the digest, as many hex digits as keep a few engines apart. */
    private static final int DIGITS = 16;

    private static final String KIND = "zlib:";

    /** What every archive may have beside its own level: blocks that are stored, and the sheets of workbooks. */
    private static final int[] FIXED_LEVELS = {Deflater.NO_COMPRESSION, 4};

    private static final int LINES = 96 << 10;
    private static final int NOISE = 32 << 10;
    private static final int REPEATED = 16 << 10;

    /** More than a deflater is given at a time, and not a multiple of that. */
    private static final int BLOCK = 100_003;

    private Engine() {}

    /**
     * The name of this JVM's engine, such as {@code zlib:9f2c51d8a04be763/4}. Takes some milliseconds.
     *
     * @param level of deflate, 0 to 9; the name ends with it
     */
    public static String at(int level) {
        byte[] probe = probe();
        ByteBuffer sums = ByteBuffer.allocate(1 << 10);
        digest(probe, level, sums);
        for (int fixed : FIXED_LEVELS) {
            if (fixed != level) {
                digest(probe, fixed, sums);
            }
        }
        Sha256 sha256 = new Sha256();
        sha256.update(sums.array(), 0, sums.position());
        return KIND + sha256.hex().substring(0, DIGITS) + "/" + level;
    }

    /** Whether this JVM's engine has that name. */
    public static boolean isHere(String name) {
        String level = name.substring(name.lastIndexOf('/') + 1);
        return level.matches("[0-9]") && name.equals(at(Integer.parseInt(level)));
    }

    /** Sums that are native code, so that they cost a JVM that has just started next to nothing. */
    private static void digest(byte[] probe, int level, ByteBuffer sums) {
        Deflater deflater = new Deflater(level, true);
        Block block = new Block();
        try {
            for (int from = 0; from < probe.length; from += BLOCK) {
                block.clear();
                block.fill(probe, from, Math.min(BLOCK, probe.length - from));
                block.deflate(deflater);
                deflater.reset();
                sums.putInt(block.compressedBytes());
                sums.putLong(block.deflatedSum(new CRC32()));
                sums.putLong(block.deflatedSum(new Adler32()));
            }
        } finally {
            deflater.end();
        }
    }

    /** Lines of text, noise, and a byte over and over: what deflaters treat in ways of their own. The same for ever. */
    static byte[] probe() {
        ByteBuffer probe = ByteBuffer.allocate(LINES + NOISE + REPEATED);
        byte[] line = "2026-03-01T00:00:00Z,sensor-0000,reading,0.000,ok,https://example.org/\r\n".getBytes(US_ASCII);
        long random = 0x9E37_79B9_7F4A_7C15L;
        while (probe.position() < LINES) {
            random = next(random);
            // A few digits change from line to line, some of them often, and lines are of several lengths.
            line[18] = digit(random);
            line[31] = digit(random >>> 8);
            line[41 + (int) (random >>> 60 & 3)] = digit(random >>> 16);
            int length = line.length - (int) (random >>> 24 & 15);
            probe.put(line, 0, Math.min(length, LINES - probe.position()));
        }
        while (probe.position() < LINES + NOISE) {
            random = next(random);
            probe.putLong(random);
        }
        return probe.array();
    }

    private static byte digit(long random) {
        return (byte) ('0' + (random & 7));
    }

    /** Xorshift (Marsaglia): our own, since a library's generator may become another one. */
    private static long next(long before) {
        long next = before ^ before << 13;
        next ^= next >>> 7;
        return next ^ next << 17;
    }
}
