package dev.windrow.api.link;

import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.export.Exports;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Making, following and ending links. */
@Configuration(proxyBeanMethods = false)
public final class LinkConfiguration {
    @Bean
    FilterRegistrationBean<UnloggedLinks> unloggedLinks() {
        FilterRegistrationBean<UnloggedLinks> filter = new FilterRegistrationBean<>(new UnloggedLinks());
        filter.addUrlPatterns(LinkController.LINKS + "/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    Links links(Exports exports, Reach reach, Archives archives, LinkKeys keys, Clock clock, Trail trail) {
        return new Links(exports, reach, archives, keys, clock, trail);
    }

    @Bean
    LinkController linkController(
            Links links,
            Archives archives,
            Delivery delivery,
            EntryDelivery entries,
            PublicAddress address,
            JsonAnswers json) {
        return new LinkController(links, archives, delivery, entries, address, json);
    }
}
