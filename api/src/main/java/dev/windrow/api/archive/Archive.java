package dev.windrow.api.archive;

import dev.windrow.common.audit.Subject;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.ExportId;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A finished archive as its row describes it, so that every node and every day says the same of it.
 *
 * @param claim of the run that made it
 * @param artifact what the store has
 * @param origin of what it is the archive
 * @param modified when it was finished, to the second
 * @param expires when its time is over, to the second
 * @param attempt of the export that made it
 * @param linkEpoch in which links to it are made
 */
public record Archive(
        Claim claim, Artifact artifact, Origin origin, Instant modified, Instant expires, int attempt, int linkEpoch) {
    /**
     * What an archive is of.
     *
     * @param name what a download is called
     * @param subject the export, as the audit names it
     * @param passing whether it was asked for at an address that will have another one day
     * @param trace where its start is in a trace; null for nowhere
     */
    public record Origin(
            String name,
            Subject subject,
            boolean passing,
            @Nullable String trace) {}

    /** The same, as it is sent at an address that will have another archive one day: nobody keeps it unasked. */
    public Archive passing() {
        Origin here = new Origin(origin.name, origin.subject, true, origin.trace);
        return new Archive(claim, artifact, here, modified, expires, attempt, linkEpoch);
    }

    /** What a download is called. */
    public String name() {
        return origin.name();
    }

    /** Whose archive it is. */
    public ExportId export() {
        return claim.id();
    }

    /** Its name in the store. */
    String key() {
        return artifact.key();
    }

    String mediaType() {
        return artifact.mediaType();
    }

    long bytes() {
        return artifact.bytes();
    }

    /** Its digest in hex. */
    String sha256() {
        return artifact.sha256();
    }

    /** The strong entity tag: the digest itself. */
    public String tag() {
        return '"' + sha256() + '"';
    }

    /** The value of a {@code Repr-Digest} header. */
    public String reprDigest() {
        return reprDigest(sha256());
    }

    /** The value of a {@code Repr-Digest} header (RFC 9530, section 3) for a digest in hex. */
    public static String reprDigest(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    /** One line as {@code sha256sum -c} reads it. */
    String checksumLine() {
        return sha256() + "  " + name() + "\n";
    }
}
