package dev.windrow.worker.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * What deflates: the zlib of this JVM, told by what it makes of a fixed probe. Two engines of the same name make the same archive of the
 * same rows; of others nobody can tell before it is made. Safe for use by many threads.
 */
public final class Engine {
    /** Of the digest, as many hex digits as keep a few engines apart. */
    private static final int DIGITS = 16;

    private static final String KIND = "zlib:";

    /** What every archive may have beside its own level: blocks that are stored, and the sheets of workbooks. */
    private static final int[] FIXED_LEVELS = {Deflater.NO_COMPRESSION, 4};

    private static final String[] WORDS = {
        "sensor", "reading", "ok", "suspect", "Größe", "plant-7", "null", "https://example.org/", "true", "2026-03-01T"
    };
    private static final int LINES = 6_000;
    private static final int NOISE = 1 << 16;
    private static final int REPEATED = 1 << 15;

    /** Not a multiple of what a deflater is given at a time. */
    private static final int BLOCK = 100_003;

    private Engine() {}

    /**
     * The name of this JVM's engine, such as {@code zlib:9f2c51d8a04be763/4}. Takes some milliseconds.
     *
     * @param level of deflate, 0 to 9; the name ends with it
     */
    public static String at(int level) {
        Sha256 sha256 = new Sha256();
        byte[] probe = probe();
        digest(probe, level, sha256);
        for (int fixed : FIXED_LEVELS) {
            digest(probe, fixed, sha256);
        }
        return KIND + sha256.hex().substring(0, DIGITS) + "/" + level;
    }

    /** Whether this JVM's engine has that name. */
    public static boolean isHere(String name) {
        String level = name.substring(name.lastIndexOf('/') + 1);
        return level.matches("[0-9]") && name.equals(at(Integer.parseInt(level)));
    }

    private static void digest(byte[] probe, int level, Sha256 sha256) {
        Deflater deflater = new Deflater(level, true);
        Block block = new Block();
        try {
            for (int from = 0; from < probe.length; from += BLOCK) {
                block.clear();
                block.fill(probe, from, Math.min(BLOCK, probe.length - from));
                block.deflate(deflater);
                deflater.reset();
                block.digest(sha256);
            }
        } finally {
            deflater.end();
        }
    }

    /** Lines of text, noise, and a byte over and over: what deflaters treat in ways of their own. The same for ever. */
    private static byte[] probe() {
        StringBuilder lines = new StringBuilder();
        long random = 0x9E37_79B9_7F4A_7C15L;
        for (int i = 0; i < LINES; i++) {
            random = next(random);
            lines.append(1_700_000_000_000L + i * 250L).append(',');
            lines.append((int) (random >>> 44))
                    .append('.')
                    .append((int) (random >>> 40 & 0xF))
                    .append(',');
            lines.append(WORDS[(int) Long.remainderUnsigned(random, WORDS.length)])
                    .append("\r\n");
        }
        byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
        byte[] probe = Arrays.copyOf(text, text.length + NOISE + REPEATED);
        for (int i = 0; i < NOISE; i++) {
            random = next(random);
            probe[text.length + i] = (byte) (random >>> 32);
        }
        return probe;
    }

    /** Xorshift (Marsaglia): our own, since a library's generator may become another one. */
    private static long next(long before) {
        long next = before ^ before << 13;
        next ^= next >>> 7;
        return next ^ next << 17;
    }
}
