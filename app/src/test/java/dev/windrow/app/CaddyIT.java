package dev.windrow.app;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** By Caddy. */
@Tag("slow")
final class CaddyIT extends ProxyContract {
    @BeforeAll
    static void start() throws Exception {
        start(
                "",
                (folder, port, replaced) -> Proxy.caddy(
                        folder, port, Proxy.examples("caddy", replaced).get(0)));
    }
}
