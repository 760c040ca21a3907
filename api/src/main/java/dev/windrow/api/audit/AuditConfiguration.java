package dev.windrow.api.audit;

import dev.windrow.common.audit.AuditLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reading the audit. */
@Configuration(proxyBeanMethods = false)
public final class AuditConfiguration {
    @Bean
    AuditController auditController(AuditLog log) {
        return new AuditController(log);
    }
}
