package dev.windrow.app.home;

import dev.windrow.common.artifact.disk.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a home ready for use. */
public final class PrivateHome {
    private PrivateHome() {}

    /** Makes the folders that are missing; all of it is this user's alone, also what was open to others. */
    public static Home open(Path folder) throws IOException {
        Home home = new Home(folder.toAbsolutePath().normalize());
        PrivateFolder.create(home.folder());
        HomePermissions.settle(home);
        PrivateFolder.create(home.work());
        PrivateFolder.create(home.artifacts());
        PrivateFolder.create(home.quarantine());
        PrivateFolder.create(home.workers());
        return home;
    }
}
