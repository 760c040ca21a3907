package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.Segments.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Where segments are, and what their objects are called: {@code work/RUN/FROM-SHA256}, so that a listing tells
 * everything of them, in order, without a request for each. Thread-safe.
 */
final class KeptSegments {
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern NAME = Pattern.compile("([0-9]{16})-([0-9a-f]{64})");

    private final Bucket bucket;
    private final String folder;

    /** @param prefix of all that is ours in the bucket */
    KeptSegments(Bucket bucket, String prefix) {
        this.bucket = bucket;
        this.folder = prefix + "work/";
    }

    /**
     * One that is there.
     *
     * @param sha256 of its bytes
     * @param object its key in the bucket
     */
    record Kept(Segment segment, String sha256, String object) {}

    Kept named(Segment segment, String sha256) {
        return new Kept(segment, sha256, from(segment) + sha256);
    }

    /** By where they begin. */
    List<Kept> of(String run) throws IOException {
        return under(run, folder(run));
    }

    Optional<Kept> find(Segment segment) throws IOException {
        return under(segment.run(), from(segment)).stream()
                .filter(kept -> kept.segment().equals(segment))
                .findFirst();
    }

    List<String> runs() throws IOException {
        return bucket.folders(folder).stream()
                .filter(run -> RUN.matcher(run).matches())
                .toList();
    }

    private List<Kept> under(String run, String prefix) throws IOException {
        List<Kept> kept = new ArrayList<>();
        for (S3Object object : bucket.list(prefix)) {
            Matcher name = NAME.matcher(object.key().substring(folder(run).length()));
            if (name.matches() && object.size() > 0) {
                kept.add(new Kept(
                        new Segment(run, Long.parseLong(name.group(1)), object.size()), name.group(2), object.key()));
            }
        }
        return kept;
    }

    /** All objects of a run, whatever they are called. */
    List<String> objects(String run) throws IOException {
        return bucket.list(folder(run)).stream().map(S3Object::key).toList();
    }

    private String from(Segment segment) {
        return folder(segment.run()) + String.format(Locale.ROOT, "%016d-", segment.from());
    }

    private String folder(String run) {
        if (!RUN.matcher(run).matches()) {
            throw new IllegalArgumentException("run: " + run);
        }
        return folder + run + "/";
    }
}
