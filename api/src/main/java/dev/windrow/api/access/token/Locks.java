package dev.windrow.api.access.token;

import dev.windrow.api.request.Faults;
import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterBinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters that a token ties its bearer's starts to. Without state, so safe for every thread. */
public final class Locks {
    private Locks() {}

    /**
     * What a start is given: its own parameters with the locked ones among them. A locked one that the dataset has not
     * stays among them as well, and is refused as any other, because nothing would hold the bearer's rows to it.
     *
     * @param faults gets what a start says otherwise, be it of another type
     */
    public static Map<String, @Nullable Object> into(
            Dataset dataset, Map<String, Object> locked, Map<String, @Nullable Object> given, List<Fault> faults) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(given);
        locked.forEach((name, lock) -> {
            Object own = given.get(name);
            if (own != null && !isSame(dataset, name, own, lock)) {
                faults.add(new Fault(pointer(name), "is locked to another value by the token"));
            }
            all.put(name, lock);
        });
        return all;
    }

    /**
     * What keeps a dataset from being held to locked parameters; empty when nothing does. Those that are not locked are
     * the start's.
     */
    public static List<Fault> unfit(Dataset dataset, Map<String, Object> locked) {
        List<Fault> faults = new ArrayList<>();
        locked.forEach((name, value) -> {
            try {
                if (parameter(dataset, name).isEmpty()) {
                    faults.add(new Fault(pointer(name), "is no parameter of the dataset " + dataset.name()));
                } else {
                    bind(dataset, name, value);
                }
            } catch (InvalidParametersException e) {
                faults.addAll(e.faults());
            }
        });
        return faults;
    }

    private static boolean isSame(Dataset dataset, String name, Object own, Object lock) {
        try {
            return bind(dataset, name, own).equals(bind(dataset, name, lock));
        } catch (InvalidParametersException e) {
            return false;
        }
    }

    /** As SQL takes it, so that 5 and 5.0 are the same, and two ways of writing one time. */
    private static Map<String, @Nullable Object> bind(Dataset dataset, String name, Object value)
            throws InvalidParametersException {
        return ParameterBinder.bind(parameter(dataset, name), Map.of(name, value), "")
                .sql();
    }

    private static List<Parameter> parameter(Dataset dataset, String name) {
        return dataset.parameters().stream()
                .filter(one -> one.name().equals(name))
                .toList();
    }

    private static String pointer(String name) {
        return Faults.pointer("parameters", name);
    }
}
