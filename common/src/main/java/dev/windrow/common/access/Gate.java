package dev.windrow.common.access;

import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Access;
import dev.windrow.common.catalog.Dataset.Claim;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one decision about who may export what of a dataset. Without state, so safe for every thread. */
public final class Gate {
    private Gate() {}

    /**
     * Whether the dataset's {@code access} lets the bearer in.
     *
     * @return a value for each of the dataset's claims, as SQL takes it; empty when the bearer may not know of the
     *     dataset
     */
    public static Optional<Map<String, @Nullable Object>> claims(Dataset dataset, Bearer bearer) {
        Access access = dataset.guard().access();
        Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        if (access == null) {
            return Optional.of(bound);
        }
        if (!access.roles().isEmpty() && !bearer.hasOneOf(access.roles())) {
            return Optional.empty();
        }
        for (Claim claim : access.claims()) {
            Parameter parameter = claim.parameter();
            Object said = bearer.claims().get(claim.from());
            if (said == null && parameter.required()) {
                return Optional.empty();
            }
            try {
                // With an optional claim, null is what was not said; what was said wrongly is refused.
                Map<String, @Nullable Object> given = new HashMap<>();
                given.put(parameter.name(), said);
                bound.put(
                        parameter.name(),
                        ParameterBinder.bind(List.of(parameter), given, "")
                                .sql()
                                .get(parameter.name()));
            } catch (InvalidParametersException e) {
                return Optional.empty();
            }
        }
        return Optional.of(bound);
    }

    /** The columns that the bearer sees as something else. */
    public static Map<String, Mask> masks(Dataset dataset, Bearer bearer) {
        Map<String, Mask> masks = new LinkedHashMap<>();
        dataset.guard().masks().forEach((column, masking) -> {
            if (!bearer.hasOneOf(masking.unless())) {
                masks.put(column, masking.as());
            }
        });
        return masks;
    }

    /**
     * What an export of the dataset that the bearer starts now is allowed.
     *
     * @param maxRows the most rows that the credentials allow; null for no limit
     * @return empty when the bearer may not know of the dataset
     */
    public static Optional<Grant> grant(
            Dataset dataset, Bearer bearer, Grant.Credential credential, @Nullable Long maxRows) {
        return claims(dataset, bearer)
                .map(bound -> new Grant(asked(dataset, bearer), masks(dataset, bearer), credential, maxRows));
    }

    /** What the bearer's credentials say of what the dataset asks for. */
    private static Bearer asked(Dataset dataset, Bearer bearer) {
        Set<String> roles = new LinkedHashSet<>();
        Map<String, Object> claims = new LinkedHashMap<>();
        Access access = dataset.guard().access();
        if (access != null) {
            roles.addAll(access.roles());
            access.claims().stream()
                    .map(Claim::from)
                    .filter(bearer.claims()::containsKey)
                    .forEach(from -> claims.put(from, bearer.claims().get(from)));
        }
        dataset.guard().masks().values().forEach(masking -> roles.addAll(masking.unless()));
        roles.retainAll(bearer.roles());
        return new Bearer(roles, claims, bearer.everyRole());
    }

    /**
     * Whether the dataset, as it is by now, still gives what was granted.
     *
     * @return the claims to bind, as {@link #claims} gives them; empty when it gives less
     */
    public static Optional<Map<String, @Nullable Object>> held(Dataset dataset, Grant grant) {
        return claims(dataset, grant.bearer()).filter(bound -> isHidden(masks(dataset, grant.bearer()), grant));
    }

    /**
     * Whether the bearer may have the archive of an export that was granted this: whether the dataset would give the
     * bearer all that is in it now.
     */
    public static boolean covers(Dataset dataset, Bearer bearer, Grant grant) {
        Optional<Map<String, @Nullable Object>> own = claims(dataset, bearer);
        return own.isPresent()
                && own.equals(claims(dataset, grant.bearer()))
                && isHidden(masks(dataset, bearer), grant);
    }

    /** Whether an archive that was granted one of them is what the other would make. */
    public static boolean isAlike(Dataset dataset, Grant one, Grant other) {
        return claims(dataset, one.bearer()).equals(claims(dataset, other.bearer()))
                && claims(dataset, one.bearer()).isPresent()
                && one.masks().equals(other.masks());
    }

    /** Whether all that is masked by now is in what was granted too. */
    private static boolean isHidden(Map<String, Mask> masks, Grant grant) {
        return masks.entrySet().stream().allMatch(mask -> {
            Mask granted = grant.masks().get(mask.getKey());
            return granted != null && granted.hides(mask.getValue());
        });
    }

    /** The columns of a file as they are shown where those are masked. Names of attachments are none. */
    public static List<Column> shown(DatasetFile file, Map<String, Mask> masks) {
        return file.form().kind() == FileForm.Kind.ATTACHMENTS ? file.columns() : shown(file.columns(), masks);
    }

    /** These columns as they are shown where those are masked. */
    public static List<Column> shown(List<Column> columns, Map<String, Mask> masks) {
        List<Column> shown = new ArrayList<>();
        for (Column column : columns) {
            Mask mask = masks.get(column.name());
            if (mask == null) {
                shown.add(column);
            } else if (mask != Mask.DROP) {
                shown.add(column.maskedAs(mask));
            }
        }
        return shown;
    }
}
