package dev.windrow.app.hostile;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.asm.ClassReader;

/**
 * Finds the regular expressions of compiled classes: whatever is given to {@code Pattern.compile} and to the methods of
 * String that take one. They must be constants, since nobody can say what another would do.
 */
final class PatternScan {
    private final List<RegexCall> calls = new ArrayList<>();
    private final Map<String, Set<Reading>> readings = new HashMap<>();

    /** A call that takes a regular expression; null for one that is no constant. */
    record RegexCall(String type, String method, String regex, int flags, Reading reading) {
        String where() {
            return type.replace('/', '.') + "." + method;
        }

        /** A nested class and the one around it share their patterns. */
        String outermost() {
            int dollar = type.indexOf('$');
            return dollar < 0 ? type : type.substring(0, dollar);
        }
    }

    static PatternScan of(Collection<JavaClass> classes) throws IOException {
        PatternScan scan = new PatternScan();
        for (JavaClass type : classes) {
            try (InputStream in =
                    type.getSource().orElseThrow().getUri().toURL().openStream()) {
                new ClassReader(in)
                        .accept(
                                new RegexCalls(scan.calls::add, scan::uses),
                                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        }
        return scan;
    }

    private void uses(String type, Reading reading) {
        readings.computeIfAbsent(type, any -> EnumSet.noneOf(Reading.class)).add(reading);
    }

    /** The constants, with every way in which the class around them reads. */
    List<FoundPattern> patterns() {
        List<FoundPattern> found = new ArrayList<>();
        for (RegexCall call : calls) {
            if (call.regex() != null) {
                Set<Reading> of = call.reading() == null
                        ? readings.getOrDefault(call.outermost(), EnumSet.allOf(Reading.class))
                        : EnumSet.of(call.reading());
                found.add(new FoundPattern(call.where(), call.regex(), call.flags(), of));
            }
        }
        return found;
    }

    /** Where a regular expression is made while the program runs. */
    List<String> unknown() {
        return calls.stream()
                .filter(call -> call.regex() == null)
                .map(RegexCall::where)
                .toList();
    }
}
