package dev.windrow.api.preset;

/** Where presets are found. */
final class PresetPaths {
    static final String PRESETS = "/api/v1/presets";

    /** One of them, as a template with the variable {@code name}. */
    static final String PRESET = PRESETS + "/{name}";

    private PresetPaths() {}
}
