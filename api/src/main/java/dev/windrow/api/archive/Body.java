package dev.windrow.api.archive;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer carries, if it is copied.
 *
 * @param archive where it comes from
 * @param what it is, for the log
 * @param part as in {@link Sending}
 * @param source closed when everything is sent, or nothing more can be
 * @param length of the source
 */
record Body(Archive archive, String what, @Nullable String part, InputStream source, long length) {
    /** Sends it, or for HEAD only says how long it is. Returns at once. */
    void send(HttpServletRequest request, HttpServletResponse response, DownloadLog log) throws IOException {
        response.setContentLengthLong(length);
        if (request.getMethod().equals("HEAD")) {
            source.close();
        } else {
            Sending sending = Sending.to(request, archive, what, part, length);
            Pump.start(source, length, request, sent -> log.ended(sending, sent));
        }
    }
}
