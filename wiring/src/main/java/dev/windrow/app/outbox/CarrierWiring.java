package dev.windrow.app.outbox;

import dev.windrow.api.link.SignedLinks;
import dev.windrow.app.home.Home;
import dev.windrow.app.home.LinkSecret;
import dev.windrow.app.home.Secrets;
import dev.windrow.app.settings.MailSettings;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Exports;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.worker.outbox.mail.MailCarrier;
import dev.windrow.worker.outbox.place.Place;
import dev.windrow.worker.outbox.place.PlaceCarrier;
import dev.windrow.worker.outbox.place.PlaceSweep;
import dev.windrow.worker.sweep.Sweeper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whom a worker writes to, and where it takes archives. */
@Configuration(proxyBeanMethods = false)
public class CarrierWiring {
    private static final Duration SWEEP = Duration.ofDays(1);

    @Bean
    PlaceCarrier placeCarrier(
            WindrowSettings settings, Outbox outbox, Exports exports, ArtifactStore artifacts, Clock clock) {
        return new PlaceCarrier(places(settings), outbox, exports, artifacts, clock);
    }

    private static Map<String, Place> places(WindrowSettings settings) {
        return settings.deliveries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().place(each.getKey())));
    }

    /** What keeps others' places in order. */
    @Bean
    Consumer<Sweeper> visiting(WindrowSettings settings, Outbox outbox, Exports exports, Clock clock) {
        PlaceSweep places = new PlaceSweep(places(settings), outbox, exports, clock);
        return sweeper -> sweeper.every(SWEEP, places);
    }

    /** There where a server is named. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("windrow.mail.host")
    static class Mails {
        @Bean
        MailCarrier mailCarrier(WindrowSettings settings, Home home, Secrets secrets, Exports exports, Clock clock) {
            MailSettings mail = settings.mail();
            return new MailCarrier(
                    mail.server().orElseThrow(),
                    String.valueOf(mail.from()),
                    exports,
                    links(settings, home, secrets, clock));
        }

        private static MailCarrier.MailLinks links(WindrowSettings settings, Home home, Secrets secrets, Clock clock) {
            String base = String.valueOf(settings.page().url()).strip().replaceFirst("/{1,9}$", "");
            if (settings.mail().links() == MailSettings.Links.SIGNED) {
                SignedLinks signed =
                        new SignedLinks(LinkSecret.keys(settings.links().secret(), home, secrets), base, clock);
                return export -> signed.to(export).or(() -> Optional.of(base + "/"));
            }
            return export -> Optional.of(
                    base + "/?q=" + URLEncoder.encode(export.request().fileName(), StandardCharsets.UTF_8));
        }
    }
}
