package dev.windrow.api.access.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a public key, or that of a certificate, from a PEM file (RFC 7468, sections 5 and 13). */
final class PublicKeyFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]{1,65536})-----END \\1-----");
    private static final int LEAST_RSA_BITS = 2048;

    private PublicKeyFile() {}

    /** @throws IOException when there is no such key in it; its message goes on after the file's name */
    static JWK read(Path file) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new IOException("holds no public key in PEM; write it by `openssl pkey -in KEY -pubout`");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return jwk(block.group(1).equals("CERTIFICATE") ? certified(der) : plain(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "holds a public key that can't be read; it must be RSA, or EC on P-256, P-384 or P-521", e);
        }
    }

    private static JWK jwk(PublicKey key) throws IOException {
        if (key instanceof RSAPublicKey rsa) {
            if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                throw new IOException("holds an RSA key of less than " + LEAST_RSA_BITS + " bits; make a longer one");
            }
            return new RSAKey.Builder(rsa).build();
        }
        if (key instanceof ECPublicKey ec) {
            Curve curve = Curve.forECParameterSpec(ec.getParams());
            if (curve != null) {
                return new ECKey.Builder(curve, ec).build();
            }
        }
        throw new IllegalArgumentException("another kind of key");
    }

    private static PublicKey certified(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
    }

    private static PublicKey plain(byte[] der) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        try {
            return KeyFactory.getInstance("RSA").generatePublic(spec);
        } catch (GeneralSecurityException e) {
            return KeyFactory.getInstance("EC").generatePublic(spec);
        }
    }
}
