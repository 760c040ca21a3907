package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other people's code is in the product, and what is said of it to whoever checks it against advisories. */
final class JarContentsIT {
    private static final Path JAR = Path.of("target", "windrow.jar");
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** Without their versions. Each one more is code that runs with all rights, and has to be kept up with. */
    private static final Set<String> EXPECTED = Set.of(
            "HdrHistogram",
            "HikariCP",
            "angus-activation",
            "angus-mail",
            "annotations",
            "arns",
            "asm",
            "auth",
            "aws-core",
            "aws-query-protocol",
            "aws-xml-protocol",
            "bcprov-jdk18on",
            "checksums",
            "checksums-spi",
            "commons-codec",
            "commons-compress",
            "commons-io",
            "commons-lang3",
            "commons-logging",
            "context-propagation",
            "crt-core",
            "endpoints-spi",
            "eventstream",
            "flyway-core",
            "flyway-database-postgresql",
            "http-auth",
            "http-auth-aws",
            "http-auth-aws-eventstream",
            "http-auth-spi",
            "http-client-spi",
            "httpclient5",
            "httpcore5",
            "httpcore5-h2",
            "identity-spi",
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "jakarta.activation-api",
            "jakarta.annotation-api",
            "jakarta.mail-api",
            "java-uuid-generator",
            "jobrunr",
            "json-utils",
            "jspecify",
            "jul-to-slf4j",
            "logback-classic",
            "logback-core",
            "mcp-core",
            "mcp-json-jackson3",
            "metrics-spi",
            "micrometer-commons",
            "micrometer-core",
            "micrometer-observation",
            "micrometer-registry-prometheus",
            "micrometer-tracing",
            "micrometer-tracing-bridge-otel",
            "nimbus-jose-jwt",
            "opentelemetry-api",
            "opentelemetry-common",
            "opentelemetry-context",
            "opentelemetry-exporter-common",
            "opentelemetry-exporter-otlp",
            "opentelemetry-exporter-otlp-common",
            "opentelemetry-exporter-sender-jdk",
            "opentelemetry-extension-trace-propagators",
            "opentelemetry-sdk",
            "opentelemetry-sdk-common",
            "opentelemetry-sdk-extension-autoconfigure-spi",
            "opentelemetry-sdk-logs",
            "opentelemetry-sdk-metrics",
            "opentelemetry-sdk-trace",
            "opentelemetry-semconv",
            "picocli",
            "postgresql",
            "profiles",
            "prometheus-metrics-config",
            "prometheus-metrics-core",
            "prometheus-metrics-exposition-textformats",
            "prometheus-metrics-model",
            "prometheus-metrics-tracer-common",
            "protocol-core",
            "reactive-streams",
            "reactor-core",
            "regions",
            "retries",
            "retries-spi",
            "s3",
            "sdk-core",
            "slf4j-api",
            "snakeyaml",
            "spring-aop",
            "spring-beans",
            "spring-boot",
            "spring-boot-actuator",
            "spring-boot-actuator-autoconfigure",
            "spring-boot-autoconfigure",
            "spring-boot-data-commons",
            "spring-boot-data-jdbc",
            "spring-boot-health",
            "spring-boot-http-converter",
            "spring-boot-jackson",
            "spring-boot-jarmode-tools",
            "spring-boot-jdbc",
            "spring-boot-mail",
            "spring-boot-micrometer-metrics",
            "spring-boot-micrometer-observation",
            "spring-boot-micrometer-tracing",
            "spring-boot-micrometer-tracing-opentelemetry",
            "spring-boot-opentelemetry",
            "spring-boot-persistence",
            "spring-boot-security",
            "spring-boot-security-oauth2-resource-server",
            "spring-boot-servlet",
            "spring-boot-sql",
            "spring-boot-tomcat",
            "spring-boot-transaction",
            "spring-boot-web-server",
            "spring-boot-webmvc",
            "spring-context",
            "spring-context-support",
            "spring-core",
            "spring-data-commons",
            "spring-data-jdbc",
            "spring-data-relational",
            "spring-expression",
            "spring-jdbc",
            "spring-security-config",
            "spring-security-core",
            "spring-security-crypto",
            "spring-security-oauth2-core",
            "spring-security-oauth2-jose",
            "spring-security-oauth2-resource-server",
            "spring-security-web",
            "spring-tx",
            "spring-web",
            "spring-webmvc",
            "sqlite-jdbc",
            "sshd-common",
            "sshd-core",
            "sshd-sftp",
            "third-party-jackson-core",
            "tomcat-embed-core",
            "url-connection-client",
            "utils",
            "utils-lite",
            "windrow-api",
            "windrow-cli",
            "windrow-client",
            "windrow-common",
            "windrow-db-migrations",
            "windrow-examples",
            "windrow-wiring",
            "windrow-worker");

    @Test
    void isWhatIsWantedAndNoMore() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String library : libraries().keySet()) {
            found.add(library.replaceFirst("-\\d.*", ""));
        }

        assertThat(found)
                .as("jars in the product. Find out who brings a new one (mvn dependency:tree -pl app -am) and whether"
                        + " anything uses it: exclude it in app/pom.xml, or add its name here")
                .containsExactlyInAnyOrderElementsOf(EXPECTED);
    }

    @Test
    void isInTheBillOfMaterialsWithItsVersionAndItsDigest() throws IOException {
        Map<String, String> digests = new HashMap<>();
        for (JsonNode component : bill().path("components")) {
            digests.put(
                    component.path("name").asString() + "-"
                            + component.path("version").asString() + ".jar",
                    digest(component));
        }
        Map<String, String> libraries = libraries();
        // Put in by Spring Boot's plugin, after the bill: it is of spring-boot's own version.
        libraries.keySet().removeIf(library -> library.startsWith("spring-boot-jarmode-tools-"));

        assertThat(digests).containsAllEntriesOf(libraries);
    }

    /** Beside the jar, where ./windrow and the container start it, the JDK would make them ready at every start. */
    @Test
    void offersTheJdkNoFileSystemsOfItsLibraries() throws IOException {
        try (Stream<Path> libraries = Files.list(JAR.resolveSibling("ready").resolve("lib"))) {
            assertThat(libraries).isNotEmpty().allSatisfy(library -> {
                try (JarFile opened = new JarFile(library.toFile())) {
                    assertThat(opened.getEntry("META-INF/services/java.nio.file.spi.FileSystemProvider"))
                            .isNull();
                }
            });
        }
    }

    @Test
    void hasItsChecksumBesideIt() throws IOException {
        assertThat(Files.readString(JAR.resolveSibling("windrow.jar.sha256")))
                .isEqualTo(HomeInvariants.sha256(Files.readAllBytes(JAR)) + " *windrow.jar" + System.lineSeparator());
    }

    @Test
    void hasItsBillOfMaterialsBesideIt() throws IOException {
        requireBill();
        assertThat(Files.readAllBytes(JAR.resolveSibling("windrow.cdx.json"))).isEqualTo(read(billName()));
    }

    /** Two builds of the same source give the same bytes. */
    @Test
    void saysNothingOfTheMomentOfTheBuild() throws IOException {
        assertThat(bill().path("metadata").has("timestamp")).isFalse();
    }

    private static String digest(JsonNode component) {
        return StreamSupport.stream(component.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
                .map(hash -> hash.path("content").asString())
                .findFirst()
                .orElse("no digest");
    }

    /** Maven's plugin makes none offline. Then nothing is said of it, but never where the environment says CI. */
    private static void requireBill() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            if (jar.getManifest().getMainAttributes().getValue("Sbom-Location") == null) {
                String loud = "NOT TESTED, the bill of materials: the jar has none, as it was built offline";
                System.err.println("\n******** " + loud + "\n");
                assertThat(System.getenv("CI")).as(loud).isNull();
                Assumptions.abort(loud);
            }
        }
    }

    private static JsonNode bill() throws IOException {
        requireBill();
        return new JsonMapper().readTree(read(billName()));
    }

    /** Where the manifest says that it is. */
    private static String billName() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Format"))
                    .isEqualTo("CycloneDX");
            return jar.getManifest().getMainAttributes().getValue("Sbom-Location");
        }
    }

    private static byte[] read(String name) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.getInputStream(jar.getEntry(name)).readAllBytes();
        }
    }

    /** The digests of the jars in the jar, by their names. */
    private static Map<String, String> libraries() throws IOException {
        Map<String, String> libraries = new HashMap<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<? extends ZipEntry> entries = jar.stream()
                    .filter(entry -> entry.getName().startsWith(LIBRARIES) && !entry.isDirectory())
                    .toList();
            for (ZipEntry entry : entries) {
                libraries.put(
                        entry.getName().substring(LIBRARIES.length()),
                        HomeInvariants.sha256(jar.getInputStream(entry).readAllBytes()));
            }
        }
        return libraries;
    }
}
