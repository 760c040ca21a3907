package dev.windrow.common.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DaemonThreadsTest {
    @Test
    void makesThreadsOfItsNameThatDoNotKeepTheProcessAlive() {
        Thread thread = new DaemonThreads("windrow-test").newThread(() -> {});

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("windrow-test");
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    }
}
