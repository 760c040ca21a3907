package dev.windrow.api.token;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.token.Locks;
import dev.windrow.api.access.token.TokenNames;
import dev.windrow.api.access.token.TokenOrder;
import dev.windrow.api.access.token.TokenRights;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Faults;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.catalog.Format;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares one token that is asked for with the catalog and the key that asks. Tells every fault at once. */
final class TokenCheck {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final TokenOrder order;
    private final Caller minter;
    private final Faults faults = new Faults();
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();

    private TokenCheck(TokenOrder order, Caller minter) {
        this.order = order;
        this.minter = minter;
    }

    /** The token; one that does not fit ends the order. */
    static TokenOrder check(TokenOrder order, Caller minter, Datasets catalog, TokenNames names, TokenRights rights) {
        TokenCheck check = new TokenCheck(order, minter);
        check.principal(names);
        check.datasets(catalog, rights);
        check.parameters();
        check.choices();
        check.rest();
        check.faults.throwIfAny(ProblemType.INVALID_PARAMETERS);
        return order;
    }

    private void principal(TokenNames names) {
        if (!names.isFree(order.principal(), minter.name())) {
            faults.add(
                    "/principal",
                    "must be 1 to 200 visible characters, and nobody who has credentials of another kind");
        }
    }

    /**
     * What the token would not give its bearer, by the key's rights and these claims, is as unknown to the key's holder
     * as what never was.
     */
    private void datasets(Datasets catalog, TokenRights rights) {
        Rights given = rights.of(minter.rights(), Set.copyOf(order.datasets()), order.claims(), Terms.NONE);
        Caller bearer = new Caller(minter.name(), given, minter.credential());
        if (order.datasets().isEmpty()) {
            faults.add("/datasets", "must name at least one dataset");
        }
        for (int i = 0; i < order.datasets().size(); i++) {
            String pointer = Faults.pointer("datasets", i);
            catalog.find(bearer, order.datasets().get(i))
                    .map(Datasets.Granted::dataset)
                    .ifPresentOrElse(
                            dataset -> datasets.put(dataset.name(), dataset),
                            () -> faults.add(pointer, "is no dataset that the key and these claims are for"));
        }
    }

    private void parameters() {
        Set<Fault> told = new HashSet<>();
        for (Dataset dataset : datasets.values()) {
            Locks.unfit(dataset, order.terms().parameters()).stream()
                    .filter(told::add)
                    .forEach(fault -> faults.add(fault.pointer(), fault.detail()));
        }
    }

    /** Of which some dataset has none is no choice; that others have it is enough. */
    private void choices() {
        Set<String> columns = datasets.values().stream()
                .flatMap(dataset -> dataset.files().stream())
                .flatMap(file -> file.columns().stream())
                .map(column -> column.name())
                .collect(Collectors.toSet());
        Set<String> formats = datasets.values().stream()
                .flatMap(dataset -> dataset.formats().stream())
                .map(Format::id)
                .collect(Collectors.toSet());
        if (!datasets.isEmpty()) {
            choice("columns", order.terms().columns(), columns);
            choice("formats", order.terms().formats(), formats);
        }
    }

    private void choice(String field, @Nullable List<String> chosen, Set<String> known) {
        if (chosen == null) {
            return;
        }
        if (chosen.isEmpty()) {
            faults.add(Faults.pointer(field), "must have at least one; leave it out for all");
        }
        for (int i = 0; i < chosen.size(); i++) {
            if (!known.contains(chosen.get(i))) {
                faults.add(Faults.pointer(field, i), "is none of these datasets' " + field);
            }
        }
    }

    private void rest() {
        Long rows = order.terms().maxRows();
        if (rows != null && rows < 1) {
            faults.add("/maxRows", "must be at least 1");
        }
        Duration time = order.expiresIn();
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
            faults.add("/expiresIn", "must be between PT1S and PT1H");
        }
        if (order.terms().origin() != null && !isOrigin(order.terms().origin())) {
            faults.add("/origin", "must be the origin of a page as browsers send it, such as https://shop.example");
        }
    }

    private static boolean isOrigin(String origin) {
        try {
            return new PageOrigins(List.of(origin)).origins().contains(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
