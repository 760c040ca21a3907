package dev.windrow.api.download;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;

/** The container's own HTTP, which also says whether it still sends files by itself: to its graceful stop these are no requests. */
public final class SendfileProtocol extends Http11NioProtocol {
    boolean isSending() {
        return getEndpoint().getConnections().stream()
                .anyMatch(each -> each instanceof NioSocketWrapper socket && socket.getSendfileData() != null);
    }
}
