package dev.windrow.common.outbox;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * The key by which Windrow signs messages whose target has no secret: Ed25519 (RFC 8032). Immutable; safe for use by
 * many threads.
 */
public final class SigningKey {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;
    private final byte[] open;

    private SigningKey(PrivateKey key, byte[] open) {
        this.key = key;
        this.open = open;
    }

    /**
     * The key of a seed, always the same.
     *
     * @param seed 32 bytes, what RFC 8032 calls the private key
     */
    public static SigningKey of(byte[] seed) {
        if (seed.length != BYTES) {
            throw new IllegalArgumentException("seed: " + seed.length + " bytes, not " + BYTES);
        }
        try {
            // The JDK tells the public key only of a pair that it makes, and makes it of 32 random bytes: these.
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new Told(seed));
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), encoded((EdECPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Little-endian, with the sign of x in the last bit (RFC 8032, 5.1.2). */
    private static byte[] encoded(EdECPublicKey key) {
        byte[] big = key.getPoint()
                .getY()
                .or(BigInteger.ONE.shiftLeft(BYTES * Byte.SIZE))
                .toByteArray();
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            bytes[BYTES - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    /** The public key: 32 bytes, as RFC 8032 encodes it. */
    public byte[] publicKey() {
        return open.clone();
    }

    /** The signature of a text: 64 bytes. */
    public byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (InvalidKeyException | SignatureException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says the bytes that it was told, once. */
    private static final class Told extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Told(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("This JDK makes keys in another way");
            }
            System.arraycopy(bytes, 0, target, 0, target.length);
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
