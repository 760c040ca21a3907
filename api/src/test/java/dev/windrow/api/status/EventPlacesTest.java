package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventPlacesTest {
    private final EventPlaces places = new EventPlaces(2, 3);

    @Test
    void refusesACallerWhoHasManyAndLetsOthersIn() {
        places.take("a");
        places.take("a");
        assertRefused(() -> places.take("a"), ProblemType.RATE_LIMITED);
        places.take("b");
        places.giveBack("a");
        places.take("a");
        assertThat(places.taken()).isEqualTo(3);
    }

    @Test
    void refusesEverybodyWhenAllAreTaken() {
        places.take("a");
        places.take("b");
        places.take("c");
        assertRefused(() -> places.take("d"), ProblemType.UNAVAILABLE);
        places.giveBack("b");
        places.take("d");
    }

    private static void assertRefused(ThrowingCallable take, ProblemType type) {
        assertThatThrownBy(take)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(type));
    }
}
