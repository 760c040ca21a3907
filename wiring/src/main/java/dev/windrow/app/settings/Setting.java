package dev.windrow.app.settings;

import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A setting as an operator sees it, read off {@link WindrowSettings}, which alone says which there are. Immutable.
 *
 * @param key such as {@code windrow.worker.concurrency}
 * @param byDefault the value where nothing is set, or words for what is done then
 * @param means what it is for, in a few words
 * @param type of its values, or of what holds them
 */
public record Setting(String key, String byDefault, String means, Class<?> type) {
    /** Every setting, in the order of {@link WindrowSettings}. */
    public static List<Setting> all() {
        return below("windrow", WindrowSettings.class);
    }

    /** What is written at a component of a record's header stands at the parameter of its constructor. */
    private static List<Setting> below(String prefix, Class<?> type) {
        List<Setting> settings = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            String key = prefix + "." + name;
            if (components[i].getType().isRecord()) {
                settings.addAll(below(key, components[i].getType()));
            } else {
                settings.add(of(key, parameters[i]));
            }
        }
        return settings;
    }

    private static Setting of(String key, Parameter written) {
        SettingText text = written.getAnnotation(SettingText.class);
        if (text == null) {
            throw new IllegalStateException("nothing says what " + key + " is for");
        }
        DefaultValue value = written.getAnnotation(DefaultValue.class);
        return new Setting(
                key,
                value == null || value.value().length == 0 ? text.otherwise() : value.value()[0],
                text.value(),
                written.getType());
    }

    /** Whether it holds more than one value. */
    public boolean many() {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** Whether it is a span of time. */
    public boolean isTime() {
        return type == Duration.class;
    }

    /** As people write it in the environment, with a line for each dash; Spring Boot takes it with and without. */
    public String variable() {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
