package dev.windrow.app.traces;

import dev.windrow.app.wiring.ProcessName;
import dev.windrow.app.wiring.Version;
import dev.windrow.common.trace.NoTraces;
import dev.windrow.common.trace.Traces;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Whether there are traces. Spring Boot makes what they need, from its own settings; where they are off, nothing. */
@Configuration(proxyBeanMethods = false)
@Import({TraceWiring.Shown.class, TraceWiring.Unseen.class})
public class TraceWiring {
    /** A collector is named. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnCollector.class)
    static class Shown {
        @Bean
        Traces traces(Tracer tracer) {
            return new MicrometerTraces(tracer);
        }

        /** Nothing leaves but through the border. */
        @Bean
        SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
            return SpanExporters.of(exporters.orderedStream().map(Border::new).toList());
        }

        /** Who says it: processes that share a database tell one story. */
        @Bean
        SdkTracerProviderBuilderCustomizer processInTraces() {
            Attributes process = Attributes.of(
                    AttributeKey.stringKey("service.version"), Version.get(),
                    AttributeKey.stringKey("service.instance.id"), ProcessName.get());
            return builder -> builder.addResource(Resource.create(process));
        }
    }

    /** None is. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OffCollector.class)
    static class Unseen {
        @Bean
        Traces traces() {
            return NoTraces.NONE;
        }
    }
}
