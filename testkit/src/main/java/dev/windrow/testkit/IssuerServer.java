package dev.windrow.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer of tokens, in a process of its own: metadata, a key set, and signatures for whoever asks. Made of the JDK
 * alone, so that what reads its tokens is not what made them. Ends when its input does. {@link TestIssuer} starts it.
 */
public final class IssuerServer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final AtomicInteger keysAsked = new AtomicInteger();
    private final String url;
    private int number;
    private boolean down;
    private KeyPair rsa = pair("RSA");
    private KeyPair ec = pair("EC");

    private IssuerServer(String url) {
        this.url = url;
    }

    /** @param arguments a port of the loopback; 0 for any. The first line on standard output is the address */
    public static void main(String... arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        IssuerServer issuer = new IssuerServer(url);
        server.createContext("/", issuer::answer);
        server.start();
        System.out.println(url);
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.stop(0);
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String answer = of(exchange.getRequestURI().getPath(), body);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 503 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Empty for no answer. */
    private synchronized String of(String path, String body) throws GeneralSecurityException {
        return switch (path) {
            case "/.well-known/openid-configuration" ->
                down ? "" : "{\"issuer\":\"" + url + "\",\"jwks_uri\":\"" + url + "/keys\"}";
            case "/keys" -> {
                keysAsked.incrementAndGet();
                yield down ? "" : "{\"keys\":[" + rsaKey() + "," + ecKey() + "]}";
            }
            case "/asked" -> Integer.toString(keysAsked.get());
            case "/down" -> {
                down = true;
                yield "down";
            }
            case "/up" -> {
                down = false;
                yield "up";
            }
            case "/rotate" -> {
                number++;
                rsa = pair("RSA");
                ec = pair("EC");
                yield "rotated";
            }
            case "/key.pem" ->
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(rsa.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n";
            case "/kid" -> "rsa-" + number;
            case "/sign/RS256" -> sign(body, "SHA256withRSA", rsa.getPrivate());
            case "/sign/ES256" -> sign(body, "SHA256withECDSAinP1363Format", ec.getPrivate());
            default -> "";
        };
    }

    /** @param body header and claims, in two lines; {@code KID} in the header is the number of the present keys */
    private String sign(String body, String algorithm, PrivateKey key) throws GeneralSecurityException {
        String[] parts = body.replace("KID", Integer.toString(number)).split("\n", 2);
        String signed = encode(parts[0].getBytes(StandardCharsets.UTF_8)) + "."
                + encode(parts[1].getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encode(signature.sign());
    }

    private String rsaKey() {
        RSAPublicKey key = (RSAPublicKey) rsa.getPublic();
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"rsa-" + number + "\",\"n\":\""
                + encode(unsigned(key.getModulus(), 256)) + "\",\"e\":\"" + encode(unsigned(key.getPublicExponent(), 3))
                + "\"}";
    }

    private String ecKey() {
        ECPublicKey key = (ECPublicKey) ec.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"kid\":\"ec-" + number + "\",\"x\":\""
                + encode(unsigned(key.getW().getAffineX(), 32)) + "\",\"y\":\""
                + encode(unsigned(key.getW().getAffineY(), 32)) + "\"}";
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fitting = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, fitting, length - copied, copied);
        return fitting;
    }

    private static String encode(byte[] bytes) {
        return BASE64.encodeToString(Arrays.copyOf(bytes, bytes.length));
    }

    private static KeyPair pair(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
