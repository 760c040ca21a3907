package dev.windrow.api.access;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's credentials give. Immutable.
 *
 * @param roles the words: those of {@link Role}, and names of groups
 * @param datasets that the caller may know of; null for all
 * @param claims what the credentials say of the caller: String, Boolean, Long, Double, or a List of them
 */
public record Rights(
        Set<String> roles,
        @Nullable Set<String> datasets,
        Map<String, Object> claims,
        Allowance allowance,
        Terms terms) {
    /** Everything, of everybody's data: for who is alone with the service. */
    public static final Rights ALL =
            new Rights(Set.of(Role.ADMIN.word(), Role.MINT.word()), null, Map.of(), Allowance.USUAL, Terms.NONE);

    public Rights {
        roles = Set.copyOf(roles);
        datasets = datasets == null ? null : Set.copyOf(datasets);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Whether a role is given, or one that includes it. */
    public boolean has(Role role) {
        return roles.stream().flatMap(word -> Role.of(word).stream()).anyMatch(given -> given.includes(role));
    }

    /** Whether the credentials are for that dataset. What its {@code access} asks for is another question. */
    public boolean isFor(String dataset) {
        return datasets == null || datasets.contains(dataset);
    }

    /**
     * Whether an export of the caller's own name is for these credentials to see. One question for every look-up: who
     * may not is told of no such export.
     */
    public boolean areFor(Export export) {
        ExportRequest request = export.request();
        Long allowed = export.grant().maxRows();
        boolean rows = terms.maxRows() == null || allowed != null && allowed <= terms.maxRows();
        return isFor(request.dataset()) && rows && terms.allow(request);
    }

    /** Whether there may be exports of the caller's own name that these credentials are not for. */
    public boolean isLimited() {
        return datasets != null || !terms.equals(Terms.NONE);
    }
}
