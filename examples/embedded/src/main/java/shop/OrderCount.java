package shop;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** A job of the shop's. JobRunr calls it, so it is public. */
@Component
public class OrderCount {
    private final AtomicInteger counted = new AtomicInteger();

    public void count() {
        counted.incrementAndGet();
    }

    int counted() {
        return counted.get();
    }
}
