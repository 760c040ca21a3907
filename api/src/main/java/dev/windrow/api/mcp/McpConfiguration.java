package dev.windrow.api.mcp;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.launch.Cancels;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.problem.ProblemWriter;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.Reach;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** The Model Context Protocol, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "windrow.mcp.enabled", matchIfMissing = true)
public final class McpConfiguration {
    @Bean
    ArchiveLinks archiveLinks(Datasets datasets, PublicAddress address) {
        return new ArchiveLinks(datasets, address);
    }

    @Bean
    Tools tools(
            Datasets datasets,
            Launches launches,
            Cancels cancels,
            Reach reach,
            ExportJson exports,
            ArchiveLinks links,
            JsonAnswers json) {
        return new Tools(datasets, launches, cancels, reach, exports, links, json);
    }

    /** The SDK takes a second of a small machine, and some megabytes: of those alone who use it. */
    @Bean
    McpController mcpController(Tools tools, ProblemWriter problems) {
        return new McpController(SingletonSupplier.of(() -> new SdkProtocol(tools, problems)));
    }
}
