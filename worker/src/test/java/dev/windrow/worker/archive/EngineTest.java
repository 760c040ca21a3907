package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.artifact.Sha256;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EngineTest {
    @Test
    void hasTheSameNameEachTimeAndAnotherAtEachLevel() {
        Set<String> names = new HashSet<>();
        for (int level = 0; level <= 9; level++) {
            String name = Engine.at(level);
            assertThat(name).matches("zlib:[0-9a-f]{16}/" + level).isEqualTo(Engine.at(level));
            names.add(name.substring(0, name.indexOf('/')));
        }
        assertThat(names).hasSize(10);
    }

    @Test
    void knowsItsOwnNameFromOthers() {
        assertThat(Engine.isHere(Engine.at(4))).isTrue();
        assertThat(Engine.isHere(Engine.at(4).replace("/4", "/5"))).isFalse();
        for (String other : new String[] {"zlib:0123456789abcdef/4", "", "/", "zlib", "zlib:1/12", "igzip:1/x"}) {
            assertThat(Engine.isHere(other)).as(other).isFalse();
        }
    }

    /** With another probe every engine would have another name, and nothing that was begun could be gone on with. */
    @Test
    void isToldByTheSameProbeForEver() {
        assertThat(Sha256.hex(Engine.probe()))
                .isEqualTo("e652258bc07a6d952722f22214a536aa364abbac1bd091b6316ecee97399b44d");
    }
}
