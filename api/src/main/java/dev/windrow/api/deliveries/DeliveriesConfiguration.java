package dev.windrow.api.deliveries;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.SigningKey;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who was told. */
@Configuration(proxyBeanMethods = false)
public final class DeliveriesConfiguration {
    @Bean
    DeliveriesController deliveriesController(
            Deliveries deliveries, Reach reach, Trail trail, Clock clock, JsonAnswers json) {
        return new DeliveriesController(deliveries, reach, trail, clock, json);
    }

    @Bean
    EverybodysController everybodysController(Deliveries deliveries, JsonAnswers json) {
        return new EverybodysController(deliveries, json);
    }

    @Bean
    KeysController keysController(SigningKey key, JsonAnswers json) {
        return new KeysController(key, json);
    }
}
