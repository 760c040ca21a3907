package dev.windrow.common.catalog;

import dev.windrow.common.catalog.Parameter.TimestampBinding;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parameters for tests, one aspect at a time. */
final class Parameters {
    private final String name;
    private final ParameterType type;
    private boolean required;
    private @Nullable Object defaultValue;
    private @Nullable String title;
    private @Nullable Integer minLength;
    private @Nullable Integer maxLength;
    private @Nullable Pattern pattern;
    private @Nullable BigDecimal minimum;
    private @Nullable BigDecimal maximum;
    private List<Object> allowed = List.of();
    private boolean list;
    private TimestampBinding bind = TimestampBinding.MILLIS;

    private Parameters(String name, ParameterType type) {
        this.name = name;
        this.type = type;
    }

    static Parameters named(String name, ParameterType type) {
        return new Parameters(name, type);
    }

    static Parameters of(ParameterType type) {
        return new Parameters("p", type);
    }

    Parameters required() {
        required = true;
        return this;
    }

    Parameters defaultValue(Object value) {
        defaultValue = value;
        return this;
    }

    Parameters title(String text) {
        title = text;
        return this;
    }

    Parameters length(@Nullable Integer least, @Nullable Integer most) {
        minLength = least;
        maxLength = most;
        return this;
    }

    Parameters pattern(String regex) {
        pattern = Pattern.compile(regex);
        return this;
    }

    Parameters range(@Nullable String least, @Nullable String most) {
        minimum = least == null ? null : new BigDecimal(least);
        maximum = most == null ? null : new BigDecimal(most);
        return this;
    }

    Parameters allowed(Object... values) {
        allowed = List.of(values);
        return this;
    }

    Parameters list() {
        list = true;
        return this;
    }

    Parameters bindText() {
        bind = TimestampBinding.TEXT;
        return this;
    }

    Parameter get() {
        return new Parameter(
                name,
                new Parameter.Kind(type, list, type == ParameterType.TIMESTAMP ? bind : null),
                required,
                defaultValue,
                new Parameter.Words(title, null, null, null),
                new Parameter.Limits(minLength, maxLength, pattern, minimum, maximum, allowed));
    }
}
