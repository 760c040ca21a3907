package dev.windrow.worker.expand;

import dev.windrow.common.source.RowSink;
import dev.windrow.worker.expand.JsonObject.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows on with the fields of a JSON column in its place, and what is left over in a last column. Belongs to one
 * thread.
 */
final class Splitter extends JsonColumn {
    private final RowSink target;
    private final Map<String, Integer> places = new HashMap<>();
    private final @Nullable JsonValue[] values;
    private final StringBuilder rest = new StringBuilder();
    private @Nullable String other;

    /**
     * @param column the index of the JSON column
     * @param fields the names that have a column
     */
    Splitter(RowSink target, int column, List<String> fields, Function<String, JsonObject> parser) {
        super(target, column, parser);
        this.target = target;
        for (String field : fields) {
            places.put(field, places.size());
        }
        values = new JsonValue[fields.size()];
    }

    @Override
    void parsed(JsonObject object) {
        other = object.other();
        Arrays.fill(values, null);
        for (Field field : object.fields()) {
            Integer place = places.get(field.name());
            if (place == null || values[place] != null) {
                leftOver(field);
            } else {
                values[place] = field.value();
            }
        }
        for (JsonValue value : values) {
            if (value == null) {
                target.nullValue();
            } else {
                value.copyTo(target);
            }
        }
    }

    private void leftOver(Field field) {
        rest.append(rest.length() == 0 ? '{' : ',')
                .append(JsonValue.quoted(field.name()))
                .append(':')
                .append(field.value().json());
    }

    @Override
    public void endRow() {
        if (rest.length() > 0) {
            target.json(rest.append('}').toString());
            rest.setLength(0);
        } else if (other != null) {
            target.json(other);
        } else {
            target.nullValue();
        }
        other = null;
        super.endRow();
    }
}
