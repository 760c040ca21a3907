package dev.windrow.starter;

import dev.windrow.api.access.Callers;
import dev.windrow.api.access.gate.ApplicationCallers;
import dev.windrow.api.access.gate.ApplicationGate;
import dev.windrow.api.access.gate.Turnaway;
import dev.windrow.api.front.FrontConfiguration;
import dev.windrow.app.wiring.FrontWiring;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Windrow where it serves its API: with what stands before its routes. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({HttpMessageConvertersAutoConfiguration.class, WebMvcAutoConfiguration.class})
@Import({FrontWiring.class, ResidentWiring.class})
class ResidentApi {
    @Bean
    Callers callers() {
        return ApplicationGate::callerOf;
    }

    /** Where a server of its own has Spring Security: after CORS, and before bodies and turns. */
    @Bean
    FilterRegistrationBean<ApplicationGate> applicationGate(ApplicationCallers callers, Turnaway turnaway) {
        FilterRegistrationBean<ApplicationGate> gate =
                new FilterRegistrationBean<>(new ApplicationGate(callers, turnaway));
        gate.setOrder(FrontConfiguration.CORS_ORDER + 1);
        gate.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return gate;
    }
}
