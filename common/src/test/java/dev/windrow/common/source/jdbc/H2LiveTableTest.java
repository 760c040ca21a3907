package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** H2 counts nothing, so a function of ours is called for each row. */
public class H2LiveTableTest extends CountedReadsContract {
    private static final AtomicLong SEEN = new AtomicLong();

    @TempDir
    Path folder;

    /** Called by H2. */
    public static boolean seen(long key) {
        SEEN.incrementAndGet();
        return true;
    }

    @BeforeEach
    void makeFunction() throws SQLException {
        run("create alias seen for '" + H2LiveTableTest.class.getName() + ".seen'");
    }

    @Override
    TestDatabase database() {
        return new H2Database(folder);
    }

    /** Sorted for each leg, on disk from 40,000 on: a million would take a minute. */
    @Override
    int many() {
        return 100_000;
    }

    @Override
    String all(String table) {
        return "select * from " + table + " where seen(k)";
    }

    @Override
    long read(LentConnection connection) {
        return SEEN.get();
    }

    /** Another H2 has the file, as in another process. */
    @Override
    AutoCloseable lock() throws Exception {
        URL jar = Driver.class.getProtectionDomain().getCodeSource().getLocation();
        URLClassLoader others = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        java.sql.Driver other = (java.sql.Driver) others.loadClass(Driver.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        Properties owner = new Properties();
        owner.setProperty("user", "sa");
        return other.connect(source().url(), owner);
    }
}
