package dev.windrow.examples.sample;

/**
 * Sixty-four well mixed bits of a counter, the only source of variation: the same counter gives the same bits
 * everywhere.
 *
 * @param bits unsigned
 */
public record Chance(long bits) {
    /** The finalizer of splitmix64 (Steele, Lea, Flood 2014). */
    public static Chance of(long counter) {
        long x = counter + 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return new Chance(x ^ x >>> 31);
    }

    /** One of the numbers from 0 up to and without {@code n}, by all bits. */
    public long below(long n) {
        return Long.remainderUnsigned(bits, n);
    }

    /** One of the numbers from 0 up to and without {@code n}, by all bits but so many of the lowest. */
    public int below(int lowest, int n) {
        return (int) Long.remainderUnsigned(bits >>> lowest, n);
    }
}
