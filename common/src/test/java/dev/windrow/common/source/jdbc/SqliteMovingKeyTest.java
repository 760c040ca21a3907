package dev.windrow.common.source.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMovingKeyTest extends MovingKeyContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new SqliteSource(folder.resolve("plant.db"));
    }
}
