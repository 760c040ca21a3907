package dev.windrow.api.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The exports page. */
@Configuration(proxyBeanMethods = false)
public final class PageConfiguration {
    @Bean
    PageController pageController() {
        return new PageController();
    }
}
