package dev.windrow.api.archive;

import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.Traces;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts downloads, and tells the log and the audit of each. Safe for use by many threads. */
public final class DownloadLog {
    private static final Logger log = LoggerFactory.getLogger(DownloadLog.class);

    private final Trail trail;
    private final Traces traces;
    private final LongAdder whole = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    DownloadLog(Trail trail, Traces traces) {
        this.trail = trail;
        this.traces = traces;
    }

    /** An answer that begins; one of the calls below says how it ends. The parameters are those of {@link Sending}. */
    Sending begun(HttpServletRequest request, Archive archive, String what, @Nullable String part, long length) {
        return Sending.to(request, archive, what, part, length, traces);
    }

    /**
     * Answers that were sent to their end, or given to the operating system or the store to send, since the process
     * began.
     */
    public long whole() {
        return whole.sum();
    }

    /** Answers whose reader went away. */
    public long cut() {
        return cut.sum();
    }

    /** Bytes of all of them; of those that the operating system or the store sends, the bytes that it was given. */
    public long bytes() {
        return bytes.sum();
    }

    /** @param sent bytes */
    void ended(Sending sending, long sent) {
        Archive archive = sending.archive();
        String what = sending.what();
        long length = sending.length();
        boolean complete = sent == length;
        (complete ? whole : cut).increment();
        bytes.add(sent);
        if (complete) {
            log.info("export {} downloaded: {}, {} bytes sent", archive.export(), what, sent);
        } else {
            log.info("export {} downloaded: {}, cut after {} of {} bytes", archive.export(), what, sent, length);
        }
        note(sending, sent, complete ? "whole" : "cut");
    }

    /** The operating system sends by itself, and nobody hears how that ends. */
    void handedOver(Sending sending) {
        log.info(
                "export {} downloaded: {}, {} bytes given to sendfile",
                sending.archive().export(),
                sending.what(),
                sending.length());
        given(sending, "sendfile");
    }

    /** The store sends by itself, if the reader goes there, and nobody hears whether and how that ends. */
    void redirected(Sending sending) {
        log.info(
                "export {} downloaded: {}, {} bytes by a redirect to the store",
                sending.archive().export(),
                sending.what(),
                sending.length());
        given(sending, "redirect");
    }

    private void given(Sending sending, String outcome) {
        whole.increment();
        bytes.add(sending.length());
        note(sending, sending.length(), outcome);
    }

    private void note(Sending sending, long sent, String outcome) {
        Archive archive = sending.archive();
        boolean all = sending.part() == null && sent == archive.bytes();
        Amount amount = new Amount(sending.part(), all ? archive.artifact().rows() : null, sent);
        sending.span().note(Detail.BYTES, sent).note(Detail.OUTCOME, outcome).close();
        trail.later(sending.actor(), sending.action(), archive.origin().subject(), amount, outcome);
    }
}
