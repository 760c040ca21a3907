package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.url.ApplicationSources;
import dev.windrow.common.url.JdbcUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one source. What its fields hold once the environment is put in is never repeated in a message. */
final class SourceReader {
    private static final Pattern SECRETS =
            Pattern.compile("(?i)(?:password|passwd|pwd|secret|token|key)=([^&;]+)|//[^/@:]*:([^/@]+)@");
    /** Before the name of a DataSource of an application that Windrow is in. */
    private static final String BEAN = "bean:";
    /** Shorter ones are no secrets, and would tear holes into every message. */
    private static final int MIN_INSERTED = 4;

    private final Function<String, @Nullable String> environment;
    private final ApplicationSources application;
    private final Path folder;

    SourceReader(Function<String, @Nullable String> environment, ApplicationSources application, Path folder) {
        this.environment = environment;
        this.application = application;
        this.folder = folder;
    }

    /**
     * A source as far as it could be read.
     *
     * @param source null when it can't be used, which is reported
     * @param secrets what no message may hold, the longest first
     */
    record Draft(Place place, int line, @Nullable Source source, List<String> secrets) {
        /** Another's words about this source, in one line and without its secrets. */
        String redact(@Nullable String message) {
            String redacted = message == null ? "no reason given" : message;
            for (String secret : secrets) {
                redacted = redacted.replace(secret, "***");
            }
            return redacted.strip().replaceAll("\\s+", " ");
        }
    }

    Draft read(Field field, Place file) {
        Place place = file.within("source " + field.name());
        if (!Levels.SOURCE_NAME.matcher(field.name()).matches()) {
            place.problem(field.line(), "not a name of a source; use 1 to 64 of a-z, A-Z, 0-9, \"-\" and \"_\"");
        }
        Substitution substitution = new Substitution(environment);
        Fields fields = Fields.read(field.value(), field.line(), place, Levels.SOURCE);
        Source source = fields == null ? null : source(field.name(), fields, place, substitution);
        return new Draft(place, field.line(), source, source == null ? List.of() : secrets(source, substitution));
    }

    private @Nullable Source source(String name, Fields fields, Place place, Substitution substitution) {
        String written = fields.text("url", "add url: jdbc:…");
        String url = written == null ? null : substitution.apply(written, place, fields.line("url"));
        String username = credential("username", fields, place, substitution);
        String password = credential("password", fields, place, substitution);
        if (written == null || url == null) {
            return null;
        }
        if (url.startsWith(BEAN)) {
            return ofApplication(name, url.substring(BEAN.length()), fields, place);
        }
        if (!url.regionMatches(true, 0, "jdbc:", 0, "jdbc:".length())) {
            place.problem(fields.line("url"), "url is not a JDBC URL; begin it with jdbc:, as in jdbc:sqlite:file.db");
            return null;
        }
        String resolved = resolved(url, written, place, fields.line("url"), substitution);
        return resolved == null ? null : new Source(name, resolved, username, password);
    }

    /** The application opens that database already, so its address is not ours to judge. */
    private @Nullable Source ofApplication(String name, String bean, Fields fields, Place place) {
        for (String field : List.of("username", "password")) {
            if (fields.get(field) != null) {
                place.problem(fields.line(field), field + " is the DataSource's; leave it out");
                return null;
            }
        }
        try {
            ApplicationSources.Address address = application.of(bean.strip());
            return new Source(name, JdbcUrl.withPlainScheme(address.url()), address.username(), address.password());
        } catch (IllegalArgumentException e) {
            place.problem(fields.line("url"), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The URL as a driver may have it; null when it may not, which is reported. */
    private @Nullable String resolved(String url, String written, Place place, int line, Substitution substitution) {
        try {
            String checked = JdbcUrl.checked(url);
            FileUrl file = FileUrl.of(checked).orElse(null);
            return file == null ? checked : file.resolve(checked, written, folder, place, line);
        } catch (IllegalArgumentException e) {
            String fault = String.valueOf(e.getMessage());
            for (String value : substitution.inserted()) {
                fault = value.length() < MIN_INSERTED ? fault : fault.replace(value, "***");
            }
            place.problem(line, fault);
            return null;
        }
    }

    /** Empty counts as not there, so that <code>${NAME:}</code> makes a credential optional. */
    private static @Nullable String credential(String name, Fields fields, Place place, Substitution substitution) {
        String written = fields.text(name);
        String value = written == null ? null : substitution.apply(written, place, fields.line(name));
        return value == null || value.isEmpty() ? null : value;
    }

    private static List<String> secrets(Source source, Substitution substitution) {
        List<String> secrets = new ArrayList<>();
        secrets.add(source.url());
        if (source.password() != null) {
            secrets.add(source.password());
        }
        SECRETS.matcher(source.url()).results().map(SourceReader::anyGroup).forEach(secrets::add);
        substitution.inserted().stream()
                .filter(value -> value.length() >= MIN_INSERTED)
                .forEach(secrets::add);
        return secrets.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .collect(Collectors.toUnmodifiableList());
    }

    private static String anyGroup(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
