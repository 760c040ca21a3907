package dev.windrow.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that signs itself, and its key, as the PEM files that a server wants.
 *
 * @param trusting what believes it and no other
 */
public record Certificate(Path certificate, Path key, X509Certificate x509, SSLContext trusting) {
    private static final String PASSWORD = "changeit";
    private static final String KEY_STORE = "made.p12";

    /** Puts a new one to where one may be already, each file at once. */
    public static Certificate make(Path folder, String host) throws IOException, GeneralSecurityException {
        Path keys = folder.resolve(KEY_STORE);
        Files.deleteIfExists(keys);
        Process made = new ProcessBuilder(
                        WindrowJar.jdk("keytool"),
                        "-genkeypair",
                        "-alias",
                        "windrow",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=ip:127.0.0.1,dns:" + host,
                        "-ext",
                        "bc=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.onExit().join().exitValue() != 0) {
            throw new AssertionError(said);
        }
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        X509Certificate x509 = (X509Certificate) store.getCertificate("windrow");
        byte[] key = store.getKey("windrow", PASSWORD.toCharArray()).getEncoded();
        Path keyFile = write(folder.resolve("key.pem"), "PRIVATE KEY", key);
        Path certificate = write(folder.resolve("certificate.pem"), "CERTIFICATE", x509.getEncoded());
        return new Certificate(certificate, keyFile, x509, trusting(x509));
    }

    /** What Windrow is told, to show it from a key store instead. */
    public List<String> settings() {
        return List.of("--server.ssl.key-store=" + keyStore(), "--server.ssl.key-store-password=" + PASSWORD);
    }

    private Path keyStore() {
        return key.resolveSibling(KEY_STORE);
    }

    /** What a server needs that shows it. */
    public SSLContext serving() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(X509Certificate x509) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("windrow", x509);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Path write(Path file, String what, byte[] der) throws IOException {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
        Path fresh =
                Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text, StandardCharsets.US_ASCII);
        return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
