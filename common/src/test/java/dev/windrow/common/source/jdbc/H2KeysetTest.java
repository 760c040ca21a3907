package dev.windrow.common.source.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2KeysetTest extends KeysetContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new H2Database(folder);
    }
}
