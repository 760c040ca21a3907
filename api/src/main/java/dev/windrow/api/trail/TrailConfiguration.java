package dev.windrow.api.trail;

import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.export.Exports;
import dev.windrow.common.transaction.Transactions;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Writing the audit. */
@Configuration(proxyBeanMethods = false)
public final class TrailConfiguration {
    @Bean
    LateRows lateRows(AuditLog log, Transactions transactions) {
        return new LateRows(log, transactions);
    }

    @Bean
    Trail trail(AuditLog log, Transactions transactions, LateRows late, Clock clock) {
        return new Trail(log, transactions, late, clock);
    }

    @Bean
    RefusalWatch refusalWatch(Trail trail, Exports exports, Clock clock) {
        return new RefusalWatch(trail, exports, clock);
    }

    /** Around everything that refuses, and within what writes the problem of an exception. */
    @Bean
    FilterRegistrationBean<RefusalFilter> refusalFilter(RefusalWatch watch) {
        FilterRegistrationBean<RefusalFilter> filter = new FilterRegistrationBean<>(new RefusalFilter(watch));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return filter;
    }
}
