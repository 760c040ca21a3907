package dev.windrow.app.settings;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.text.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Refuses environment variables that look like settings of ours and are not. Spring Boot passes over them, since an
 * environment is everybody's: a misspelt one would leave its setting at the default without a word.
 */
public final class SettingVariables {
    private static final String PREFIX = "WINDROW_";

    /** Of the launcher, the client and the compose file. */
    public static final Set<String> OTHERS =
            Set.of("WINDROW_HEAP", "WINDROW_SERVER", "WINDROW_API_KEY", "WINDROW_CATALOG_FOLDER");

    /** Of Windrow in an application, whose starter reads them. */
    private static final String EMBEDDED = PREFIX + "EMBEDDED_";

    /** What Kubernetes puts into the environment for a service that is called windrow, or windrow-something. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            "_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]{1,60})?|PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$");

    private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("^(?:tcp|udp|sctp)://");

    private SettingVariables() {}

    /** @throws RefusedStartException naming each variable that is no setting, and the nearest that is one */
    public static void check(Map<String, String> environment) {
        List<Setting> settings = Setting.all();
        Set<String> names = new TreeSet<>(OTHERS);
        settings.forEach(setting -> names.add(setting.variable()));
        List<String> unknown = environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !name.startsWith(EMBEDDED) && !OTHERS.contains(name))
                .filter(name -> settings.stream().noneMatch(setting -> means(name, setting)))
                .filter(name -> !isOfAService(name, String.valueOf(environment.get(name))))
                .sorted()
                .map(name -> name + DidYouMean.guess(name, names).orElse(""))
                .toList();
        if (!unknown.isEmpty()) {
            throw new RefusedStartException("Windrow has no such setting: the environment variable "
                    + String.join(", ", unknown)
                    + "; correct the name or unset it; `windrow serve --help` lists the settings");
        }
    }

    private static boolean means(String name, Setting setting) {
        String given = name.toLowerCase(Locale.ROOT);
        String legacy = setting.variable().toLowerCase(Locale.ROOT);
        String bare = setting.key().replace("-", "").replace('.', '_');
        return given.equals(legacy)
                || given.equals(bare)
                || setting.many() && (given.startsWith(legacy + "_") || given.startsWith(bare + "_"));
    }

    private static boolean isOfAService(String name, String value) {
        return OF_A_SERVICE.matcher(name).find()
                || name.endsWith("_PORT") && ADDRESS_OF_A_SERVICE.matcher(value).find();
    }
}
