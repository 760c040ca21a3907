package dev.windrow.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.windrow.common.url.ApplicationSources.Address;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Where the databases of an application's beans are. */
final class BeanSourcesTest {
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final BeanSources sources = new BeanSources(beans);

    private Address of(DataSource source) {
        beans.registerSingleton("shop", source);
        return sources.of("shop");
    }

    private static DriverManagerDataSource plain(String url) {
        return new DriverManagerDataSource(url, "reader", "of-the-shop");
    }

    @Test
    void areToldByAPool() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:sqlite:/srv/shop.db");
            pool.setUsername("reader");
            pool.setPassword("of-the-shop");
            assertThat(of(pool)).isEqualTo(new Address("jdbc:sqlite:/srv/shop.db", "reader", "of-the-shop"));
        }
    }

    @Test
    void areToldThroughWrappersAndProxies() {
        ProxyFactory proxied = new ProxyFactory(plain("jdbc:sqlite:/srv/shop.db"));
        DataSource lazy = new LazyConnectionDataSourceProxy((DataSource) proxied.getProxy());
        assertThat(of(lazy)).isEqualTo(new Address("jdbc:sqlite:/srv/shop.db", "reader", "of-the-shop"));
    }

    @Test
    void areAskedOfTheDatabaseWhereTheBeanSaysNothing() {
        DataSource silent = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return DriverManager.getConnection("jdbc:sqlite:target/asked.db");
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
        assertThat(of(silent).url()).isEqualTo("jdbc:sqlite:target/asked.db");
    }

    @Test
    void haveOfPostgresqlsOptionsThoseThatReachIt() {
        assertThat(
                        of(
                                new DriverManagerDataSource(
                                        "jdbc:postgresql://db/shop?user=app&password=a%26b&sslmode=verify-full&prepareThreshold=1"
                                                + "&reWriteBatchedInserts=true&options=-c%20timezone=America/New_York&currentSchema=sales")))
                .isEqualTo(
                        new Address("jdbc:postgresql://db/shop?sslmode=verify-full&currentSchema=sales", "app", "a&b"));
    }

    /** TLS, for example, may stand beside the address. */
    @Test
    void areRefusedWhereTheAddressIsNotAll() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://db/shop");
            pool.addDataSourceProperty("sslmode", "verify-full");
            beans.registerSingleton("verified", pool);
            assertThatThrownBy(() -> sources.of("verified"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("dataSourceProperties");
        }
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://db/shop");
            pool.setSchema("sales");
            beans.registerSingleton("schema", pool);
            assertThatThrownBy(() -> sources.of("schema")).hasMessageContaining("a schema");
        }
        int bean = 0;
        for (String option : new String[] {
            "cloudSqlInstance=a:b:c", "socketFactory=a.B", "options=-c%20search_path=sales", "service=shop"
        }) {
            String name = "option" + bean++;
            beans.registerSingleton(name, plain("jdbc:postgresql:///shop?" + option));
            assertThatThrownBy(() -> sources.of(name)).hasMessageContaining("write the url");
        }
    }

    @Test
    void areRefusedWhereNobodyElseCouldReadThem() {
        beans.registerSingleton("memory", plain("jdbc:sqlite::memory:"));
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return "one";
            }
        };
        routing.setTargetDataSources(Map.of("one", plain("jdbc:sqlite:/srv/one.db")));
        beans.registerSingleton("routing", routing);
        assertThatThrownBy(() -> sources.of("memory")).hasMessageContaining("use a file");
        assertThatThrownBy(() -> sources.of("routing")).hasMessageContaining("name one that it leads to");
    }

    @Test
    void areRefusedByNamesThatAreNoneOfThem() {
        beans.registerSingleton("clock", "no database");
        beans.registerSingleton("shopDataSource", plain("jdbc:sqlite:/srv/shop.db"));
        assertThatThrownBy(() -> sources.of("clock"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the application has no DataSource bean of that name; name one of [shopDataSource]");
        assertThatThrownBy(() -> sources.of("shop")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areNeverShown() {
        assertThat(of(plain("jdbc:sqlite:/srv/shop.db"))).hasToString("an address");
    }
}
