package dev.windrow.api.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The exports page, and the API's description for people. */
@Configuration(proxyBeanMethods = false)
public final class PageConfiguration {
    @Bean
    PageController pageController(PageTheme theme) {
        return new PageController(theme);
    }

    @Bean
    DocsController docsController() {
        return new DocsController();
    }
}
