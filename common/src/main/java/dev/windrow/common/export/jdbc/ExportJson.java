package dev.windrow.common.export.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Warning;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import java.io.StringWriter;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values that the table keeps as JSON. Records are stored flat, under the names of their components: to rename one
 * is to change the schema. Reading is strict, since only we write. Everything but ASCII is escaped, so that NUL (which
 * PostgreSQL's text refuses) and unpaired surrogates (which UTF-8 has no form for) come back as they were.
 */
final class ExportJson {
    /** A number's digits. The catalog's limits are narrower; this one only keeps what is stored readable. */
    private static final int LONGEST_NUMBER = 100_000;

    private static final int CHARACTERS_OF_AN_ENTRY = 180;

    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    /** For what older rows lack, which is null then. */
    private static final ObjectReader LENIENT =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private ExportJson() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Integers come back as Long or, where they don't fit, BigInteger; numbers with a point or an exponent as
     * BigDecimal.
     */
    static Map<String, Object> parameters(String json) {
        Map<String, Object> parameters = read(json, PARAMETERS);
        parameters.replaceAll((name, value) -> wide(value));
        return parameters;
    }

    /** Jackson takes the smallest integer type that fits. */
    private static Object wide(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ExportJson::wide).toList();
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    static List<String> names(String json) {
        return read(json, NAMES);
    }

    static String write(FormatOptions options) {
        return write(StoredOptions.of(options));
    }

    static FormatOptions options(String json) {
        return read(LENIENT, json, new TypeReference<StoredOptions>() {}).options();
    }

    /** As rows have it: headers only where they are not the names, so that older processes read all other rows. */
    private record StoredOptions(
            CsvOptions csv,
            JsonOptions json,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String headers) {
        StoredOptions {
            Objects.requireNonNull(csv, "csv");
            Objects.requireNonNull(json, "json");
            headers(headers);
        }

        static StoredOptions of(FormatOptions options) {
            Headers headers = options.headers();
            return new StoredOptions(options.csv(), options.json(), headers == Headers.NAMES ? null : headers.id());
        }

        FormatOptions options() {
            return new FormatOptions(csv, json, headers(headers));
        }

        private static Headers headers(@Nullable String id) {
            return id == null ? Headers.NAMES : Headers.of(id).orElseThrow();
        }
    }

    /** As it was stored before keys were, which stand in a column of their own: older processes read it too. */
    private record StoredCutoff(Instant asOf, List<@Nullable String> bounds) {}

    static String write(Cutoff cutoff) {
        return write(new StoredCutoff(cutoff.asOf(), cutoff.bounds()));
    }

    static @Nullable Cutoff cutoff(@Nullable String json, @Nullable String keys) {
        if (json == null) {
            return null;
        }
        StoredCutoff stored = read(json, new TypeReference<>() {});
        return new Cutoff(stored.asOf, stored.bounds, keys);
    }

    /**
     * There may be 100,000 entries, each second again: so the text is made once, in a buffer of about its length, and
     * the stored form of an entry lives no longer than it is written.
     */
    static String write(Checkpoint checkpoint) {
        StringWriter json = new StringWriter(256 + checkpoint.entries().size() * CHARACTERS_OF_AN_ENTRY);
        MAPPER.writeValue(json, StoredCheckpoint.of(checkpoint));
        return json.toString();
    }

    static @Nullable Checkpoint checkpoint(@Nullable String json) {
        return json == null
                ? null
                : read(LENIENT, json, new TypeReference<StoredCheckpoint>() {}).checkpoint();
    }

    static String write(Replica replica) {
        StringWriter json =
                new StringWriter(256 + replica.checkpoint().entries().size() * CHARACTERS_OF_AN_ENTRY);
        MAPPER.writeValue(json, new StoredReplica(StoredCheckpoint.of(replica.checkpoint()), replica.spans()));
        return json.toString();
    }

    static @Nullable Replica replica(@Nullable String json) {
        return json == null
                ? null
                : read(LENIENT, json, new TypeReference<StoredReplica>() {}).replica();
    }

    private record StoredReplica(StoredCheckpoint checkpoint, List<Checkpoint.Span> spans) {
        Replica replica() {
            return new Replica(checkpoint.checkpoint(), spans);
        }
    }

    private record StoredCheckpoint(
            long claim, int level, @Nullable String engine, long length, List<StoredEntry> entries) {
        StoredCheckpoint {
            Objects.requireNonNull(entries, "entries");
        }

        static StoredCheckpoint of(Checkpoint checkpoint) {
            return new StoredCheckpoint(
                    checkpoint.claim(),
                    checkpoint.level(),
                    checkpoint.engine(),
                    checkpoint.length(),
                    new StoredEntries(checkpoint.entries()));
        }

        Checkpoint checkpoint() {
            return new Checkpoint(
                    claim,
                    level,
                    engine,
                    length,
                    entries.stream().map(StoredEntry::entry).toList());
        }
    }

    /** The stored form of entries, each made when it is asked for. */
    private static final class StoredEntries extends AbstractList<StoredEntry> {
        private final List<Checkpoint.Entry> entries;

        StoredEntries(List<Checkpoint.Entry> entries) {
            this.entries = entries;
        }

        @Override
        public StoredEntry get(int index) {
            return StoredEntry.of(entries.get(index));
        }

        @Override
        public int size() {
            return entries.size();
        }
    }

    private record StoredEntry(
            String name,
            long offset,
            long bytes,
            long compressedBytes,
            long crc32,
            long rows,
            @Nullable String position,
            Map<String, Long> counts,
            @Nullable List<String> fields) {
        StoredEntry {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(counts, "counts");
        }

        static StoredEntry of(Checkpoint.Entry entry) {
            return new StoredEntry(
                    entry.name(),
                    entry.offset(),
                    entry.bytes(),
                    entry.compressedBytes(),
                    entry.crc32(),
                    entry.rows(),
                    entry.position(),
                    entry.counts(),
                    entry.fields());
        }

        Checkpoint.Entry entry() {
            Checkpoint.Stored stored = new Checkpoint.Stored(offset, bytes, compressedBytes, crc32);
            return new Checkpoint.Entry(name, stored, rows, position, counts, fields);
        }
    }

    static String write(Artifact artifact) {
        return write(StoredArtifact.of(artifact));
    }

    static @Nullable Artifact artifact(@Nullable String json) {
        return json == null
                ? null
                : read(LENIENT, json, new TypeReference<StoredArtifact>() {}).artifact();
    }

    /**
     * As rows have it: those from before artifacts had a type are of ZIP archives, and their keys have no extension;
     * those from before only the first entries were kept have all of them and no total.
     */
    private record StoredArtifact(
            String key,
            long bytes,
            String sha256,
            List<Artifact.Entry> entries,
            @Nullable Integer entriesTotal,
            @Nullable Long rows,
            @Nullable String mediaType,
            @Nullable String extension) {
        static StoredArtifact of(Artifact artifact) {
            return new StoredArtifact(
                    artifact.key(),
                    artifact.bytes(),
                    artifact.sha256(),
                    artifact.entries(),
                    artifact.entriesTotal(),
                    artifact.rows(),
                    artifact.mediaType(),
                    artifact.extension());
        }

        Artifact artifact() {
            boolean typed = mediaType != null && extension != null;
            Artifact.Type type =
                    typed ? new Artifact.Type(String.valueOf(mediaType), String.valueOf(extension)) : Artifact.ZIP;
            String name = typed ? key : key + Artifact.ZIP_EXTENSION;
            return entriesTotal == null || rows == null
                    ? Artifact.of(name, bytes, sha256, entries, type)
                    : new Artifact(new Artifact.Place(null, name), bytes, sha256, entries, entriesTotal, rows, type);
        }
    }

    /** A warning under its id, which does not change when the constant does. */
    private record Told(String type, String detail) {}

    static String writeWarnings(List<Warning> warnings) {
        return write(warnings.stream()
                .map(warning -> new Told(warning.type().id(), warning.detail()))
                .toList());
    }

    static List<Warning> warnings(@Nullable String json) {
        return json == null
                ? List.of()
                : read(json, new TypeReference<List<Told>>() {}).stream()
                        .map(told -> new Warning(Warning.Type.of(told.type), told.detail))
                        .toList();
    }

    private static <T> T read(String json, TypeReference<T> type) {
        return read(MAPPER.reader(), json, type);
    }

    private static <T> T read(ObjectReader reader, String json, TypeReference<T> type) {
        try {
            return reader.forType(type).readValue(json);
        } catch (JacksonException e) {
            throw new IllegalStateException("A row of exports holds JSON that does not fit " + type.getType(), e);
        }
    }
}
