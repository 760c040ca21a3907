package dev.windrow.app.wiring;

import org.jspecify.annotations.Nullable;

/** The product's version, as the build wrote it into the jar's manifest. */
public final class Version {
    private Version() {}

    public static String get() {
        @Nullable String built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "development" : built;
    }
}
