package dev.windrow.api.mcp;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Faults;
import dev.windrow.common.export.ExportId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a tool was called with, read as strictly as the body of a request. Belongs to one thread. */
final class Arguments {
    private static final String KEY = "idempotencyKey";
    private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,255}");

    private final Map<String, @Nullable Object> given;

    Arguments(Map<String, @Nullable Object> given) {
        this.given = given;
    }

    /** For a tool that takes none. */
    void none() {
        only(Set.of());
    }

    /** The one argument of a tool that takes one text. */
    String only(String name) {
        only(Set.of(name));
        if (given.get(name) instanceof String text) {
            return text;
        }
        throw fault(name, given.containsKey(name) ? "must be a string" : "is missing");
    }

    /** The one argument of a tool that takes the id of an export. */
    ExportId id() {
        return ExportId.parse(only("id")).orElseThrow(ProblemException::noSuchExport);
    }

    /** What is the same as the body of a start. */
    Map<String, @Nullable Object> start() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(given);
        body.remove(KEY);
        return body;
    }

    /** What is the body of a start that is only tried. */
    Map<String, @Nullable Object> trial() {
        return given;
    }

    /** What stands for the header {@code Idempotency-Key}; null for none. */
    @Nullable String key() {
        Object key = given.get(KEY);
        if (key == null || key instanceof String text && KEY_FORM.matcher(text).matches()) {
            return (String) key;
        }
        throw fault(KEY, "must be 1 to 255 visible ASCII characters");
    }

    private void only(Set<String> names) {
        Faults faults = new Faults();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> faults.add(Faults.pointer(name), "is not an argument of this tool"));
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
    }

    private static ProblemException fault(String name, String detail) {
        Faults faults = new Faults();
        faults.add(Faults.pointer(name), detail);
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
        throw new IllegalStateException("no fault");
    }
}
