package dev.windrow.app;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Below a path of a site. */
@Tag("slow")
final class NginxPathIT extends ProxyContract {
    @BeforeAll
    static void start() throws Exception {
        start(
                "/exports",
                (folder, port, replaced) -> Proxy.nginx(
                        folder, port, Proxy.examples("nginx", replaced).get(1)));
    }
}
