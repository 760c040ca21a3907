package dev.windrow.starter;

import dev.windrow.common.url.ApplicationSources;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * The databases of the application's {@code DataSource}s, by the names of the beans. Taken is where the database is and
 * who reads it, as the bean has it, and not connections: those of Windrow's are read-only, have settings of their own
 * for the length of a session, and are held for as long as a leg lasts, which no pool of others should find in its
 * connections, or wait for. Safe for use by many threads.
 */
final class BeanSources implements ApplicationSources {
    private static final List<String> URLS = List.of("jdbcUrl", "url", "URL");
    private static final List<String> USERS = List.of("username", "user");
    /** How pools call what they give to each connection beside its address. */
    private static final List<String> BESIDE = List.of(
            "dataSourceProperties",
            "connectionProperties",
            "connectionInitSql",
            "connectionInitSqls",
            "initSQL",
            "schema",
            "defaultSchema");

    private static final int MOST_WRAPPINGS = 16;

    private final ListableBeanFactory application;

    BeanSources(ListableBeanFactory application) {
        this.application = application;
    }

    @Override
    public Address of(String name) {
        if (!application.containsBean(name) || !application.isTypeMatch(name, DataSource.class)) {
            throw new IllegalArgumentException("the application has no DataSource bean of that name; name one of "
                    + new TreeSet<>(List.of(application.getBeanNamesForType(DataSource.class, true, false))));
        }
        DataSource source = unwrapped(application.getBean(name, DataSource.class));
        if (source instanceof AbstractRoutingDataSource) {
            throw new IllegalArgumentException(
                    "that DataSource leads to another database each time; name one that it leads to");
        }
        Address address = PostgresqlOptions.plain(said(source).orElseGet(() -> asked(source)));
        if (address.url().startsWith("jdbc:sqlite::memory:") || address.url().equals("jdbc:sqlite:")) {
            throw new IllegalArgumentException(
                    "that DataSource is a database in the memory of its one connection; use a file");
        }
        return address;
    }

    /** The one at the bottom, below proxies and wrappers that are Spring's. */
    private static DataSource unwrapped(DataSource source) {
        DataSource at = source;
        for (int i = 0; i < MOST_WRAPPINGS; i++) {
            if (AopProxyUtils.getSingletonTarget(at) instanceof DataSource target) {
                at = target;
            } else if (at instanceof DelegatingDataSource wrapper && wrapper.getTargetDataSource() != null) {
                at = wrapper.getTargetDataSource();
            } else {
                return at;
            }
        }
        return at;
    }

    /** By its properties, which pools and drivers call by these names. */
    private static Optional<Address> said(DataSource source) {
        BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(source);
        String url = first(properties, URLS);
        if (url == null || !url.toLowerCase(Locale.ROOT).startsWith("jdbc:")) {
            return Optional.empty();
        }
        for (String name : BESIDE) {
            if (properties.isReadableProperty(name) && isSet(properties.getPropertyValue(name))) {
                throw new IllegalArgumentException(
                        "that DataSource has a " + name + ", which is not taken along: without"
                                + " it the connection may be another, or less safe; write the url, username and password of the"
                                + " database here, with its options");
            }
        }
        return Optional.of(new Address(url, first(properties, USERS), first(properties, List.of("password"))));
    }

    private static boolean isSet(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? !map.isEmpty()
                : value instanceof Collection<?> all
                        ? !all.isEmpty()
                        : value != null && !value.toString().isEmpty();
    }

    private static @Nullable String first(BeanWrapper properties, List<String> names) {
        return names.stream()
                .filter(properties::isReadableProperty)
                .flatMap(name -> properties.getPropertyValue(name) instanceof String value && !value.isEmpty()
                        ? Stream.of(value)
                        : Stream.empty())
                .findFirst()
                .orElse(null);
    }

    /** By the database itself, which knows its address and never a password. */
    private static Address asked(DataSource source) {
        try (Connection connection = source.getConnection()) {
            DatabaseMetaData metadata = connection.getMetaData();
            String url = metadata.getURL();
            if (url != null) {
                return new Address(url, metadata.getUserName(), null);
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "that DataSource gives no connection now (SQLSTATE " + e.getSQLState()
                            + "); see that its database answers",
                    e);
        }
        throw new IllegalArgumentException("that DataSource does not say where its database is; write the url,"
                + " username and password of the database here");
    }
}
