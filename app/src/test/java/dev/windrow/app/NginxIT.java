package dev.windrow.app;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Alone on a name of its own. */
@Tag("slow")
final class NginxIT extends ProxyContract {
    @BeforeAll
    static void start() throws Exception {
        start(
                "",
                (folder, port, replaced) -> Proxy.nginx(
                        folder, port, Proxy.examples("nginx", replaced).get(0)));
    }
}
