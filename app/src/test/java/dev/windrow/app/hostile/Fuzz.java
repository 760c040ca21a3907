package dev.windrow.app.hostile;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a property on random cases. Without any setting the cases are always the same ones, so that no build fails by
 * luck. {@code -Dwindrow.fuzz.seed=N} begins with the case of that seed, {@code =random} with any;
 * {@code -Dwindrow.fuzz.seconds=N} goes on for that long.
 */
public final class Fuzz {
    private static final Logger log = LoggerFactory.getLogger(Fuzz.class);
    private static final String SEED = "20261128";
    private static final int MOST_SECONDS = 5;

    private Fuzz() {}

    /** What must hold for every case. */
    @FunctionalInterface
    public interface Property {
        void check(Random random) throws Exception;
    }

    /** @param cases how many are checked, unless a time is asked for; a slow machine ends earlier */
    public static void check(int cases, Property property) {
        String asked = System.getProperty("windrow.fuzz.seed", SEED);
        long seed = asked.equals("random") ? new Random().nextLong() : Long.parseLong(asked);
        Integer seconds = Integer.getInteger("windrow.fuzz.seconds");
        int most = seconds == null ? cases : Integer.MAX_VALUE;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == null ? MOST_SECONDS : seconds);
        Random seeds = new Random(seed);
        int done = 0;
        for (long next = seed; done == 0 || done < most && System.nanoTime() < end; next = seeds.nextLong()) {
            long of = next;
            assertThatCode(() -> property.check(new Random(of)))
                    .as("-Dwindrow.fuzz.seed=%s", of)
                    .doesNotThrowAnyException();
            done++;
        }
        log.info("{} cases of -Dwindrow.fuzz.seed={}", done, seed);
    }
}
