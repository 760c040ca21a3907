package dev.windrow.common.catalog.yaml.guard;

import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.Dataset.Access;
import dev.windrow.common.catalog.Dataset.Claim;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.Dataset.Masking;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.TimestampBinding;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.yaml.guard.GuardDraft.MaskDraft;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Level;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import dev.windrow.common.text.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads who may export a dataset. A restriction that is there but empty is refused: whoever began one did not mean
 * everybody.
 */
public final class GuardReader {
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

    private final Fields dataset;
    private final Place place;
    private final Set<String> parameters;

    private GuardReader(Fields dataset, Place place, Set<String> parameters) {
        this.dataset = dataset;
        this.place = place;
        this.parameters = parameters;
    }

    /**
     * Reads the guard; what is wrong with it is reported.
     *
     * @param parameters the names of the dataset's own
     */
    public static GuardDraft read(Fields dataset, Place place, Set<String> parameters) {
        GuardReader reader = new GuardReader(dataset, place, parameters);
        return new GuardDraft(place, reader.access(), dataset.line("access"), reader.limits(), reader.masks());
    }

    private @Nullable Access access() {
        Fields access = mapping("access", GuardLevels.ACCESS, "roles or claims");
        if (access == null) {
            return null;
        }
        Place within = place.within("access");
        if (!access.has("roles") && !access.has("claims")) {
            within.problem(dataset.line("access"), "no \"roles\" and no \"claims\"; add one of them, or remove access");
        }
        return new Access(words(access, "roles", within), claims(access, within));
    }

    /** The field's mapping; one without anything in it is reported. */
    private @Nullable Fields mapping(String name, Level level, String what) {
        Field field = dataset.get(name);
        if (field == null) {
            if (dataset.isEmpty(name)) {
                place.problem(dataset.line(name), name + " is empty; add " + what + ", or remove it");
            }
            return null;
        }
        return Fields.read(field.value(), field.line(), place.within(name), level);
    }

    private static Set<String> words(Fields fields, String name, Place place) {
        Set<String> words = new LinkedHashSet<>();
        if (!fields.has(name)) {
            if (fields.isEmpty(name)) {
                place.problem(fields.line(name), name + " is empty; add a role, or remove it");
            }
            return words;
        }
        for (Node item : fields.items(name, "add a role, or remove it")) {
            String word = Scalars.text(item);
            if (word == null || word.isBlank()) {
                String shown = word == null ? Fields.kind(item) : "an empty text";
                place.problem(Scalars.line(item), name + ": expected the name of a role, not " + shown);
            } else if (!words.add(word)) {
                place.problem(Scalars.line(item), "role " + word + " is there twice; remove one of them");
            }
        }
        return words;
    }

    private List<Claim> claims(Fields access, Place within) {
        Field field = access.get("claims");
        if (field == null && access.isEmpty("claims")) {
            within.problem(access.line("claims"), "claims is empty; add one, or remove it");
        }
        Map<String, Field> named = field == null ? null : Fields.named(field.value(), field.line(), within);
        List<Claim> claims = new ArrayList<>();
        if (named != null) {
            if (named.isEmpty()) {
                within.problem(access.line("claims"), "claims is empty; add one, or remove it");
            }
            named.values().forEach(each -> {
                Claim claim = claim(each, within.within("claim " + each.name()));
                if (claim != null) {
                    claims.add(claim);
                }
            });
        }
        return claims;
    }

    private @Nullable Claim claim(Field field, Place within) {
        String name = field.name();
        if (!GuardLevels.CLAIM_NAME.matcher(name).matches()) {
            within.problem(field.line(), "not a name of a claim; use letters, digits and \"_\", a letter first");
        } else if (name.equals(ParameterBinder.PRINCIPAL)) {
            within.problem(field.line(), "this name is the caller's and always there; remove the claim or rename it");
        } else if (parameters.contains(name)) {
            within.problem(field.line(), "a parameter has this name, which a request could give; rename one of them");
        }
        Fields fields = Fields.read(field.value(), field.line(), within, GuardLevels.CLAIM);
        if (fields == null) {
            return null;
        }
        String from = fields.text("from", "add the claim's name in the credentials");
        ParameterType type = type(fields, within);
        // Whoever leaves it out, or leaves it empty, has not said that callers do without.
        boolean required = !fields.has("required") || fields.flag("required");
        Parameter.Kind kind =
                new Parameter.Kind(type, false, type == ParameterType.TIMESTAMP ? TimestampBinding.MILLIS : null);
        Parameter parameter = new Parameter(name, kind, required, null, Parameter.Words.NONE, Parameter.Limits.NONE);
        return new Claim(parameter, from == null ? name : from);
    }

    private static ParameterType type(Fields fields, Place within) {
        List<String> types = GuardLevels.CLAIM.field("type").form().words();
        String word = fields.text("type", "add a type: " + String.join(", ", types));
        Optional<ParameterType> type = word == null ? Optional.empty() : ParameterType.of(word);
        if (word != null && type.isEmpty()) {
            within.problem(fields.line("type"), "unknown type \"" + word + "\"" + DidYouMean.hint(word, types));
        }
        return type.orElse(ParameterType.STRING);
    }

    private Limits limits() {
        Fields limits = mapping("limits", GuardLevels.LIMITS, "maxRows or maxBytes");
        if (limits == null) {
            return Limits.NONE;
        }
        Place within = place.within("limits");
        for (String name : GuardLevels.LIMITS.names()) {
            if (limits.isEmpty(name)) {
                within.problem(limits.line(name), name + " is empty; say how much, or remove it");
            }
        }
        Integer rows = limits.integer("maxRows");
        return new Limits(rows == null ? null : rows.longValue(), bytes(limits, within));
    }

    private static @Nullable Long bytes(Fields limits, Place within) {
        String text = limits.text("maxBytes");
        if (text == null) {
            return null;
        }
        Matcher size = GuardLevels.SIZE.matcher(text);
        int steps = size.matches() ? UNITS.indexOf(size.group(2)) : -1;
        long most = steps < 0 ? 0 : Long.MAX_VALUE >> 10 * steps;
        if (steps < 0 || Long.parseLong(size.group(1)) > most) {
            within.problem(limits.line("maxBytes"), "maxBytes: expected a size such as 500MB or 2GB; write one");
            return null;
        }
        return Long.parseLong(size.group(1)) << 10 * steps;
    }

    private List<MaskDraft> masks() {
        Field field = dataset.get("mask");
        if (field == null && dataset.isEmpty("mask")) {
            place.problem(dataset.line("mask"), "mask is empty; add a column, or remove it");
        }
        Place within = place.within("mask");
        Map<String, Field> named = field == null ? null : Fields.named(field.value(), field.line(), within);
        List<MaskDraft> masks = new ArrayList<>();
        if (named != null) {
            named.values().forEach(each -> mask(each, within, masks));
        }
        return masks;
    }

    private static void mask(Field column, Place place, List<MaskDraft> masks) {
        Place within = place.within(column.name());
        Fields fields = Fields.read(column.value(), column.line(), within, GuardLevels.MASK);
        if (fields == null) {
            return;
        }
        List<String> words = GuardLevels.MASK.field("as").form().words();
        // Without quotes, YAML takes the word for a null.
        String word = fields.isEmpty("as")
                ? Mask.NULL.id()
                : fields.text("as", "add what others see: " + String.join(", ", words));
        Mask as = word == null ? null : Mask.of(word).orElse(null);
        if (word != null && as == null) {
            within.problem(fields.line("as"), "unknown mask \"" + word + "\"" + DidYouMean.hint(word, words));
        }
        Masking masking = new Masking(words(fields, "unless", within), as == null ? Mask.DROP : as);
        masks.add(new MaskDraft(column.line(), column.name(), masking));
    }
}
