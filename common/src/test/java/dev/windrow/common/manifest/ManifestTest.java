package dev.windrow.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.manifest.ManifestFile.Altered;
import dev.windrow.common.manifest.ManifestFile.Column;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ManifestTest {
    private static final ManifestFile ROWS = new ManifestFile(
            "readings.csv", 3, 42, "ab".repeat(32), List.of(new Column("at", "timestamp"), new Column("v", "text")));
    private static final ManifestFile ATTACHMENT = new ManifestFile("a/ä.bin", 1, 7, "cd".repeat(32), List.of());

    @Test
    void isTheSameBytesAsEver() throws IOException {
        assertThat(text(written()))
                .isEqualTo("""
                {
                  "generator" : "Windrow 1",
                  "engine" : "zlib:0/6",
                  "export" : "id",
                  "dataset" : "readings",
                  "title" : "Ä ?",
                  "format" : "csv",
                  "parameters" : {
                    "z" : 1,
                    "a" : [ "x", true ]
                  },
                  "options" : { },
                  "asOf" : "2026-03-01T12:00:00.123Z",
                  "files" : [ {
                    "name" : "readings.csv",
                    "rows" : 3,
                    "bytes" : 42,
                    "sha256" : "%s",
                    "columns" : [ {
                      "name" : "at",
                      "type" : "timestamp"
                    }, {
                      "name" : "v",
                      "type" : "text"
                    } ],
                    "replaced" : 1,
                    "escaped" : 2,
                    "truncated" : 3,
                    "masked" : [ {
                      "column" : "value",
                      "as" : "hash"
                    } ],
                    "renamed" : [ ],
                    "missing" : [ "b.bin", "c\\"d" ]
                  }, {
                    "name" : "a/ä.bin",
                    "rows" : 1,
                    "bytes" : 7,
                    "sha256" : "%s",
                    "columns" : [ ],
                    "replaced" : 0,
                    "escaped" : 0,
                    "truncated" : 0,
                    "masked" : [ ],
                    "renamed" : [ "ä.bin" ],
                    "missing" : [ ]
                  } ]
                }
                """.replaceFirst("%s", "ab".repeat(32)).replaceFirst("%s", "cd".repeat(32)));
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        try (ManifestReader reader = new ManifestReader(new ByteArrayInputStream(written()))) {
            assertThat(reader.next()).isEqualTo(ROWS);
            assertThat(reader.engine()).isEqualTo("zlib:0/6");
            assertThat(reader.next()).isEqualTo(ATTACHMENT);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void takesWhatIsNotSaidForUnsaid() throws IOException {
        String text = """
                {"x": {"files": [{}]}, "files": [{"rows": "7", "bytes": [1], "sha256": {}, "name": null,
                  "columns": 3, "missing": [[{}]]}, {"columns": [{"name": 5}]}], "engine": "e"}""";
        ManifestFile unsaid = new ManifestFile("", 7, ManifestFile.UNSAID, null, List.of());
        try (ManifestReader reader = reader(text)) {
            assertThat(reader.next()).isEqualTo(unsaid);
            assertThat(reader.engine()).isNull();
            assertThat(reader.next())
                    .isEqualTo(new ManifestFile(
                            "", ManifestFile.UNSAID, ManifestFile.UNSAID, null, List.of(new Column("5", ""))));
            assertThat(reader.next()).isNull();
            assertThat(reader.engine()).isEqualTo("e");
        }
    }

    @Test
    void isNotReadWhereItIsNoManifest() throws IOException {
        for (String none : List.of("", "[]", "7", "{}", "{\"files\": 3}")) {
            try (ManifestReader reader = reader(none)) {
                assertThat(reader.next()).as(none).isNull();
            }
        }
        for (String broken : List.of("{", "{\"files\": [{\"name\": \"a\"", "no")) {
            try (ManifestReader reader = reader(broken)) {
                assertThatThrownBy(reader::next).as(broken).isInstanceOf(IOException.class);
            }
        }
    }

    /** A million files in a heap of tests: the text is made while it is read. */
    @Test
    void holdsOneFileAtATime() throws IOException {
        byte[] file = "{\"name\": \"a\", \"rows\": 1},".getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                return file[(int) (at++ % file.length)];
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                for (int i = 0; i < count; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return count;
            }
        };
        InputStream head = new ByteArrayInputStream("{\"files\": [".getBytes(StandardCharsets.UTF_8));
        try (ManifestReader reader = new ManifestReader(new SequenceInputStream(head, endless))) {
            for (int i = 0; i < 1_000_000; i++) {
                assertThat(reader.next() == null).isFalse();
            }
        }
    }

    @Test
    void throwsWhatTheOutputThrows() {
        IOException full = new IOException("full");
        OutputStream output = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw full;
            }
        };
        assertThatThrownBy(() -> {
                    ManifestWriter writer = new ManifestWriter(output, manifest());
                    for (int i = 0; i < 1_000; i++) {
                        writer.add(ROWS, Altered.NOTHING);
                    }
                    writer.end();
                })
                .isSameAs(full);
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ManifestWriter writer = new ManifestWriter(bytes, manifest());
        writer.add(
                ROWS,
                new Altered(
                        1,
                        2,
                        3,
                        List.of(new ManifestFile.Masked("value", "hash")),
                        List.of(),
                        List.of("b.bin", "c\"d")));
        writer.add(ATTACHMENT, new Altered(0, 0, 0, List.of(), List.of("ä.bin"), List.of()));
        writer.end();
        return bytes.toByteArray();
    }

    private static Manifest manifest() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("z", 1);
        parameters.put("a", List.of("x", true));
        return new Manifest(
                new Manifest.MadeBy("Windrow 1", "zlib:0/6"),
                // Half a surrogate pair, which has no UTF-8.
                new Manifest.Origin("id", "readings", "Ä \ud800"),
                "csv",
                parameters,
                Map.of(),
                Instant.parse("2026-03-01T12:00:00.123Z"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ManifestReader reader(String text) {
        return new ManifestReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
