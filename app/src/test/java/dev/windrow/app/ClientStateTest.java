package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.State;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client sees nothing of the server, and yet knows its states. */
final class ClientStateTest {
    @Test
    void hasTheStatesOfTheServerByTheirNames() {
        Map<String, Boolean> servers = Stream.of(dev.windrow.common.export.State.values())
                .collect(Collectors.toMap(
                        dev.windrow.common.export.State::id, dev.windrow.common.export.State::isActive));

        assertThat(Stream.of(State.values()).collect(Collectors.toMap(State::id, State::isActive)))
                .isEqualTo(servers);
    }
}
