package dev.windrow.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places("events", "streams of events", 2, 3);

    @Test
    void refusesACallerWhoHasManyAndLetsOthersIn() {
        places.take("a");
        places.take("a");
        assertThat(refused("a").type()).isEqualTo(ProblemType.RATE_LIMITED);
        assertThat(refused("a").detail())
                .isEqualTo("A caller may have 2 streams of events at once; end one, or wait for its end.");
        places.take("b");
        places.giveBack("a");
        places.take("a");
        assertThat(places.taken()).isEqualTo(3);
    }

    @Test
    void refusesEverybodyWhenAllAreTaken() {
        places.take("a");
        places.take("b");
        assertThat(places.isFull()).isFalse();
        places.take("c");
        assertThat(places.isFull()).isTrue();
        assertThat(refused("d").type()).isEqualTo(ProblemType.UNAVAILABLE);
        places.giveBack("b");
        places.take("d");
    }

    @Test
    void tellsWhoHasAllOfTheirsSoEvenWhenAllAreTaken() {
        places.take("a");
        places.take("a");
        places.take("b");
        assertThat(refused("a").type()).isEqualTo(ProblemType.RATE_LIMITED);
    }

    private ProblemException refused(String caller) {
        return catchThrowableOfType(ProblemException.class, () -> places.take(caller));
    }
}
