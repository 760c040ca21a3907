package dev.windrow.api.archive;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts downloads, and tells the log of each. Safe for use by many threads. */
public final class DownloadLog {
    private static final Logger log = LoggerFactory.getLogger(DownloadLog.class);

    private final LongAdder whole = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** Answers that were sent to their end, or given to the operating system to send, since the process began. */
    public long whole() {
        return whole.sum();
    }

    /** Answers whose reader went away. */
    public long cut() {
        return cut.sum();
    }

    /** Bytes of all of them; of those that the operating system sends, the bytes that it was given. */
    public long bytes() {
        return bytes.sum();
    }

    /** @param what was sent, such as {@code bytes 0-9/100} */
    void ended(Archive archive, String what, long length, long sent) {
        boolean complete = sent == length;
        (complete ? whole : cut).increment();
        bytes.add(sent);
        if (complete) {
            log.info("export {} downloaded: {}, {} bytes sent", archive.export(), what, sent);
        } else {
            log.info("export {} downloaded: {}, cut after {} of {} bytes", archive.export(), what, sent, length);
        }
    }

    /** The operating system sends by itself, and nobody hears how that ends. */
    void handedOver(Archive archive, String what, long length) {
        whole.increment();
        bytes.add(length);
        log.info("export {} downloaded: {}, {} bytes given to sendfile", archive.export(), what, length);
    }
}
