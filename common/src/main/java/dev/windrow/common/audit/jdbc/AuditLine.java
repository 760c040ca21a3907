package dev.windrow.common.audit.jdbc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A row's line in the log, on a logger of its own, for who keeps the lines where no one of this machine can write. */
final class AuditLine {
    private static final Logger log = LoggerFactory.getLogger("windrow.audit");

    private AuditLine() {}

    /** @param text the row, as it is hashed */
    static void write(String text, String hash) {
        log.info("audit {} sha256={}", text, hash);
    }
}
