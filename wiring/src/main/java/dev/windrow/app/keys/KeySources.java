package dev.windrow.app.keys;

import dev.windrow.api.access.key.ApiKey;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.app.refusal.RefusedStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills {@link ApiKeys} from the settings, which stay, and from the file, which may change at any time. A content is
 * taken when it was read twice, so that no half of one that is being written is; and as a whole or not at all: while
 * the file is broken or away, the keys are those that it had last. To have none, empty it. One thread at a time.
 */
public final class KeySources {
    private static final Logger log = LoggerFactory.getLogger(KeySources.class);

    private final ApiKeys keys;
    private final List<ApiKey> settings;
    private final @Nullable KeysFile file;
    private final KnownGroups groups;
    private byte[] taken = new byte[0];
    private byte[] seen = new byte[0];
    private String complaint = "";

    /**
     * Reads both for the first time.
     *
     * @param entries of the settings, each by the names of its fields
     * @param path of the file; null for none
     * @throws RefusedStartException for whatever does not fit
     */
    public KeySources(ApiKeys keys, List<Map<String, Object>> entries, @Nullable Path path, KnownGroups groups) {
        this.keys = keys;
        this.groups = groups;
        this.settings = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                settings.add(KeyEntry.read(entries.get(i), groups.names()));
            } catch (IllegalArgumentException e) {
                throw new RefusedStartException("windrow.security.api-keys[" + i + "]: " + e.getMessage(), e);
            }
        }
        this.file = path == null ? null : new KeysFile(path);
        try {
            if (file != null) {
                taken = file.content();
                seen = taken;
            }
            replace();
        } catch (IllegalArgumentException e) {
            throw new RefusedStartException("The API keys can't be taken: " + e.getMessage(), e);
        }
    }

    /** Takes what has changed in the file since; to be called every second or two. */
    public void look() {
        if (file == null) {
            return;
        }
        try {
            byte[] now = file.content();
            boolean settled = Arrays.equals(now, seen);
            seen = now;
            if (!settled || Arrays.equals(now, taken)) {
                return;
            }
            taken = now;
            replace();
            complaint = "";
            log.info(
                    "The keys file was read again, and there are {} API keys now",
                    keys.all().size());
        } catch (IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()));
        }
    }

    private void replace() {
        List<ApiKey> all = new ArrayList<>(settings);
        if (file != null) {
            all.addAll(file.keys(taken, groups.names()));
        }
        keys.replace(all);
    }

    private void complain(String problem) {
        if (!problem.equals(complaint)) {
            complaint = problem;
            log.warn(
                    "The keys file can't be taken, and the keys that it had last go on: {}",
                    problem.replace("\n", "; "));
        }
    }
}
