package dev.windrow.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.chaos.Fault.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static Plan plan(long seed) {
        return Plan.of(seed, 400, List.of("w1", "w2", "w3"), List.of("a1", "a2"), 4_000, 40_000);
    }

    @Test
    void isTheSameOfTheSameSeed() {
        assertThat(plan(7)).isEqualTo(plan(7)).isNotEqualTo(plan(8));
        assertThat(plan(7).toString()).startsWith("-Dwindrow.chaos.seed=7\n");
    }

    @Test
    void hasEveryKindAndMendsOneFaultBeforeTheNextAtThatPlace() {
        Plan plan = plan(7);
        assertThat(plan.faults().stream().map(Fault::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Kind.values());
        Map<String, Long> until = new HashMap<>();
        for (Fault fault : plan.faults()) {
            assertThat(fault.atMillis()).isGreaterThan(until.getOrDefault(fault.where(), -1L));
            until.put(fault.where(), fault.endMillis());
        }
        assertThat(plan.faults())
                .filteredOn(fault -> fault.kind() == Kind.LOSE_MACHINE)
                .allMatch(fault -> fault.node().startsWith("w"));
    }
}
