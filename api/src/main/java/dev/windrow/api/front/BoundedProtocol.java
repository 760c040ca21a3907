package dev.windrow.api.front;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Constants;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The container's own HTTP, whose connections cost no more memory than there is. Each has buffers, from its first byte
 * on, and the container itself gives a header as much time as its sender likes, as long as a byte comes now and then.
 * So whoever has sent no whole header after ten seconds is cut off; and where there are many connections, those that
 * have waited longest without one, so that others find a place.
 *
 * <p>Whoever reads an archive slowly is given more time than the container's own timeout: the operating system takes up
 * to 4 MB for a connection, and says that it takes more only when a third of that has gone, which is more than 20
 * seconds to a reader of 60 KB a second. Where there are many connections the container's timeout holds for all.
 */
public final class BoundedProtocol extends Http11NioProtocol {
    private static final long HEADER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_MILLIS = 250;
    /** In which a reader of 5 KB a second takes a third of the system's buffer. Nobody's thread waits with it. */
    private static final long SENDING_MILLIS = TimeUnit.MINUTES.toMillis(5);

    /**
     * Buffers and objects of one are some 40 KB: with so many for a megabyte of heap they take less than half of it.
     */
    private static final int FOR_A_MEGABYTE = 10;

    private static final int FEWEST = 256;
    private static final int MOST = 8_192;

    private @Nullable ScheduledFuture<?> looking;

    /** How many connections a heap of so many bytes holds. */
    static int connectionsFor(long heapBytes) {
        return (int) Math.max(FEWEST, Math.min(MOST, FOR_A_MEGABYTE * (heapBytes >> 20)));
    }

    @Override
    public void start() throws Exception {
        super.start();
        looking = getUtilityExecutor()
                .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        ScheduledFuture<?> known = looking;
        if (known != null) {
            known.cancel(false);
        }
        super.stop();
    }

    /** Whether it still sends files by itself: to its graceful stop these are no requests. */
    public boolean isSending() {
        return connections().stream().anyMatch(socket -> socket.getSendfileData() != null);
    }

    private List<NioSocketWrapper> connections() {
        return getEndpoint().getConnections().stream()
                .filter(NioSocketWrapper.class::isInstance)
                .map(NioSocketWrapper.class::cast)
                .toList();
    }

    private void look() {
        List<NioSocketWrapper> all = connections();
        long now = System.nanoTime();
        all.stream().filter(socket -> headerNanos(socket, now) > HEADER_NANOS).forEach(NioSocketWrapper::close);
        int most = getMaxConnections() * 3 / 4;
        long usual = getConnectionTimeout();
        // None at all is longer than any.
        long patience = usual <= 0 || all.size() > most ? usual : Math.max(SENDING_MILLIS, usual);
        all.forEach(socket -> socket.setWriteTimeout(sends(socket) ? patience : usual));
        if (all.size() > most) {
            all.stream()
                    .filter(socket -> !socket.isClosed() && isWaiting(socket))
                    .sorted(Comparator.comparingLong(NioSocketWrapper::getLastRead))
                    .limit(all.size() - most)
                    .forEach(NioSocketWrapper::close);
        }
    }

    /** Whether something is sent on it that holds no thread. */
    private static boolean sends(NioSocketWrapper socket) {
        return socket.getSendfileData() != null
                || (socket.getCurrentProcessor() instanceof AbstractProcessor processor && processor.isAsync());
    }

    /** Between two requests, before the first, or in the middle of a header. */
    private static boolean isWaiting(NioSocketWrapper socket) {
        return socket.getSendfileData() == null
                && (socket.getCurrentProcessor() == null || headerNanos(socket, System.nanoTime()) >= 0);
    }

    /** How long ago a header was begun that is not there as a whole; -1 where there is none. */
    private static long headerNanos(NioSocketWrapper socket, long now) {
        if (!(socket.getCurrentProcessor() instanceof AbstractProcessor processor) || processor.isAsync()) {
            return -1;
        }
        Request request = processor.getRequest();
        long begun = request.getStartTimeNanos();
        int stage = request.getRequestProcessor().getStage();
        boolean answered = stage >= Constants.STAGE_PREPARE && stage <= Constants.STAGE_ENDOUTPUT;
        return begun < 0 || answered || socket.getSendfileData() != null ? -1 : Math.max(0, now - begun);
    }
}
