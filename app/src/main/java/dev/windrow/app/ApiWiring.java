package dev.windrow.app;

import dev.windrow.api.ApiConfiguration;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.worker.queue.Bell;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.Worker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API, in the roles that serve it; and the bell, which every role rings. */
@Configuration(proxyBeanMethods = false)
class ApiWiring {
    /** A worker in this process is woken at once; one in another finds the ring by itself. */
    @Bean
    ExportQueue exportQueue(RingStore rings, ObjectProvider<Worker> worker) {
        return new Bell(rings, () -> worker.ifAvailable(Worker::wake));
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnRole.Api.class)
    @Import(ApiConfiguration.class)
    static class Served {
        @Bean
        PageOrigins pageOrigins(WindrowSettings settings) {
            return new PageOrigins(settings.page().origins());
        }
    }
}
