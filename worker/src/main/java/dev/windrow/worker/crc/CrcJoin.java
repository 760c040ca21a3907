package dev.windrow.worker.crc;

/*
 * CRC-32 of two byte strings put together, from the CRC-32 of each and the length of the second.
 *
 * A CRC-32 is a remainder of polynomials over GF(2), modulo p = x^32 + x^26 + ... + 1 (RFC 1952 section 8, ISO 3309).
 * Appending n bytes to a string multiplies its polynomial by x^(8n); the conditioning at both ends of a CRC (all ones)
 * cancels out, so that
 *     crc(a b) = crc(a) * x^(8 |b|) + crc(b)   (mod p; + is exclusive or)
 * which is the documented idea of zlib's crc32_combine. The power is made from x^(2^k) mod p, one product for each bit
 * of 8n. Bits are reflected, as everywhere in CRC-32: bit 31 of an int is the coefficient of x^0.
 */
/** The CRC-32 of what is put together of parts. */
public final class CrcJoin {
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int[] SQUARES = squares();

    private CrcJoin() {}

    /**
     * The CRC-32 of both parts, one after the other.
     *
     * @param first CRC-32 of the first part, unsigned
     * @param second CRC-32 of the second part, unsigned
     * @param secondLength bytes of the second part
     */
    public static long join(long first, long second, long secondLength) {
        if (secondLength < 0 || secondLength > Long.MAX_VALUE / 8) {
            throw new IllegalArgumentException("length " + secondLength);
        }
        int shifted = times((int) first, powerOfX(secondLength * 8));
        return Integer.toUnsignedLong(shifted ^ (int) second);
    }

    private static int powerOfX(long exponent) {
        int product = ONE;
        for (int bit = 0; bit < SQUARES.length; bit++) {
            if (((exponent >>> bit) & 1) != 0) {
                product = times(SQUARES[bit], product);
            }
        }
        return product;
    }

    /** SQUARES[k] is x^(2^k) mod p. */
    private static int[] squares() {
        int[] squares = new int[63];
        squares[0] = ONE >>> 1;
        for (int k = 1; k < squares.length; k++) {
            squares[k] = times(squares[k - 1], squares[k - 1]);
        }
        return squares;
    }

    private static int times(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bits = a; bits != 0; bits <<= 1) {
            if (bits < 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }
}
