package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Segments.Segment;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Artifacts as objects, each written on the condition that there is none of its key, with its SHA-256 in its metadata.
 * That one is missing is said only while the bucket is the one that it was: where an empty one was made in its place,
 * or another server answers, nothing is known.
 * Safe for use by many threads and processes.
 */
final class S3ArtifactStore implements ArtifactStore {
    private static final Logger log = LoggerFactory.getLogger(S3ArtifactStore.class);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    /** A store says of a race that it is to be run again (409); nobody has lost it this often. */
    private static final int MOST_TRIES = 3;

    private final Bucket bucket;
    private final Bucket patient;
    private final KeptSegments kept;
    private final Upload upload;
    private final String folder;
    private final String nameObject;
    private final String name;

    /**
     * @param bucket asked for what a caller waits for
     * @param patient the same one, asked for what takes its time
     * @param prefix of all that is ours in it
     * @param name that it keeps
     */
    S3ArtifactStore(Bucket bucket, Bucket patient, String prefix, String name) {
        this.bucket = bucket;
        this.patient = patient;
        this.kept = new KeptSegments(patient, prefix);
        this.upload = new Upload(patient);
        this.folder = folder(prefix);
        this.nameObject = Probe.object(prefix);
        this.name = name;
    }

    /** What the objects of artifacts are called, before their key. */
    static String folder(String prefix) {
        return prefix + "artifacts/";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void publish(Path file, String key) throws IOException {
        publish(List.of(new Sealed(file, key)));
    }

    @Override
    public void publish(List<Sealed> files) throws IOException {
        publish(files, moved -> {});
    }

    @Override
    public void publish(List<Sealed> files, LongConsumer moved) throws IOException {
        for (Sealed sealed : files) {
            publish(sealed, moved);
        }
    }

    private void publish(Sealed sealed, LongConsumer moved) throws IOException {
        String object = object(sealed.key());
        if (!Files.isRegularFile(sealed.file())) {
            if (patient.head(object).isEmpty()) {
                throw new NoSuchFileException(sealed.key());
            }
            return;
        }
        Survey survey = Survey.of(sealed.file(), segments(sealed.kept()), moved);
        int tries = 0;
        while (!isThere(object, sealed.key(), survey)) {
            if (tries == MOST_TRIES) {
                throw new IOException(sealed.key() + " is not there after it was written " + tries + " times");
            }
            tries++;
            try {
                send(object, sealed.file(), survey, moved);
            } catch (Answers.NotAsWasException e) {
                // Somebody else was first: whether with the same bytes is looked at next.
                log.debug("{}", e.getMessage());
            }
        }
        Files.deleteIfExists(sealed.file());
    }

    private boolean isThere(String object, String key, Survey survey) throws IOException {
        Optional<Bucket.Head> head = patient.head(object);
        if (head.isPresent() && !head.get().is(survey.length(), survey.sha256())) {
            throw new FileAlreadyExistsException(key, null, "an artifact of that key has other bytes");
        }
        return head.isPresent();
    }

    private void send(String object, Path file, Survey survey, LongConsumer moved) throws IOException {
        if (survey.length() <= Parts.USUAL) {
            Stretch all = new Stretch(file, 0, survey.length());
            patient.put(object, all, all.sums(), true);
            return;
        }
        List<Parts.Part> there = survey.same().stream()
                .map(each ->
                        new Parts.Part(each.segment().from(), each.segment().length(), each.object()))
                .toList();
        upload.make(object, Stretch.of(file), Parts.of(survey.length(), there), survey.sha256(), moved);
    }

    /** Those that are there, in order; none of which one is over another. */
    private List<KeptSegments.Kept> segments(List<Segment> said) throws IOException {
        Map<String, Map<Segment, KeptSegments.Kept>> runs = new HashMap<>();
        List<KeptSegments.Kept> there = new ArrayList<>();
        long at = 0;
        for (Segment each :
                said.stream().sorted(Comparator.comparing(Segment::from)).toList()) {
            if (!runs.containsKey(each.run())) {
                Map<Segment, KeptSegments.Kept> found = new HashMap<>();
                kept.of(each.run()).forEach(one -> found.put(one.segment(), one));
                runs.put(each.run(), found);
            }
            KeptSegments.Kept found = runs.get(each.run()).get(each);
            if (found != null && each.from() >= at) {
                there.add(found);
                at = each.end();
            }
        }
        return there;
    }

    @Override
    public Optional<Long> find(String key) throws IOException {
        return known(object(key)).map(Bucket.Head::bytes);
    }

    private Optional<Bucket.Head> known(String object) throws IOException {
        Optional<Bucket.Head> head = bucket.head(object);
        if (head.isEmpty()) {
            requireSameBucket();
        }
        return head;
    }

    private void requireSameBucket() throws IOException {
        String now;
        try {
            now = new String(bucket.content(nameObject), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            now = "";
        }
        if (!now.equals(name)) {
            throw new IOException("the bucket of archives is not the one that it was when this process was started");
        }
    }

    @Override
    public boolean holds(String key, long bytes, String sha256, LongConsumer read) throws IOException {
        Bucket.Head head = patient.head(object(key)).orElse(null);
        if (head == null || head.bytes() != bytes) {
            return false;
        }
        // Without a digest: put there by somebody else.
        return head.sha256() == null
                ? ArtifactStore.super.holds(key, bytes, sha256, read)
                : head.sha256().equals(sha256);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        String object = object(key);
        return new S3Channel(bucket, object, known(object).orElseThrow(() -> new NoSuchFileException(key)));
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.empty();
    }

    @Override
    public void delete(String key) throws IOException {
        bucket.delete(object(key));
    }

    @Override
    public List<String> keys() throws IOException {
        return patient.list(folder).stream()
                .map(object -> object.key().substring(folder.length()))
                .filter(key -> KEY.matcher(key).matches())
                .toList();
    }

    @Override
    public List<String> unfinished() throws IOException {
        return upload.begun(folder).stream()
                .map(each -> each.key().substring(folder.length()))
                .filter(key -> KEY.matcher(key).matches())
                .distinct()
                .toList();
    }

    @Override
    public void abandon(String key) throws IOException {
        String object = object(key);
        for (MultipartUpload each : upload.begun(object)) {
            if (each.key().equals(object)) {
                upload.abort(object, each.uploadId());
            }
        }
    }

    private String object(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("artifact key: " + key);
        }
        return folder + key;
    }
}
