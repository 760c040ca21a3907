package dev.windrow.api.mcp;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.Role;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.launch.Cancels;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.resource.DatasetView;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.Reach;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.export.Export;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tools do: each the same as a route of the HTTP API, by the same hands, for who has the role of that route.
 * Its answer is what the route answers, but for the list of datasets, which agents read as a whole. Safe for use by
 * many threads.
 */
final class Tools {
    private final Datasets datasets;
    private final Launches launches;
    private final Cancels cancels;
    private final Reach reach;
    private final ExportJson exports;
    private final ArchiveLinks links;
    private final JsonAnswers json;
    private final Map<String, Tool> all = Map.of(
            "list_datasets", new Tool(Role.READ, this::list),
            "describe_dataset", new Tool(Role.READ, this::describe),
            "preview", new Tool(Role.EXPORT, this::preview),
            "start_export", new Tool(Role.EXPORT, this::start),
            "export_status", new Tool(Role.READ, this::status),
            "cancel_export", new Tool(Role.EXPORT, this::cancel));

    Tools(
            Datasets datasets,
            Launches launches,
            Cancels cancels,
            Reach reach,
            ExportJson exports,
            ArchiveLinks links,
            JsonAnswers json) {
        this.datasets = datasets;
        this.launches = launches;
        this.cancels = cancels;
        this.reach = reach;
        this.exports = exports;
        this.links = links;
        this.json = json;
    }

    /**
     * What a tool says.
     *
     * @param json an object
     */
    record Said(String json, Optional<ArchiveLink> link) {}

    /** @param role that it needs */
    private record Tool(Role role, Work work) {}

    private interface Work {
        Said of(Arguments arguments, Asker asker);
    }

    private record ShortView(
            String name, String title, @Nullable String description) {}

    private record ListView(List<ShortView> items, @Nullable String nextCursor) {}

    /**
     * Does what the tool of that name does. Ends by the {@link ProblemException} that the route would be answered with.
     */
    Said call(String name, Arguments arguments, Asker asker) {
        Tool tool = all.get(name);
        if (tool == null) {
            throw new IllegalStateException("described, but not made: " + name);
        }
        if (!asker.caller().has(tool.role())) {
            throw tool.role().missing();
        }
        return tool.work().of(arguments, asker);
    }

    private Said list(Arguments arguments, Asker asker) {
        arguments.none();
        List<ShortView> items = datasets.all(asker.caller()).stream()
                .map(granted -> shortened(granted.dataset()))
                .toList();
        return said(json.write(new ListView(items, null)));
    }

    private static ShortView shortened(Dataset dataset) {
        return new ShortView(dataset.name(), dataset.title(), dataset.description());
    }

    private Said describe(Arguments arguments, Asker asker) {
        Caller caller = asker.caller();
        Datasets.Granted granted = datasets.of(caller, arguments.only("dataset"));
        return said(json.write(DatasetView.of(granted, caller.rights().terms())));
    }

    private Said preview(Arguments arguments, Asker asker) {
        return said(launches.rehearse(asker.caller(), arguments.trial()));
    }

    private Said start(Arguments arguments, Asker asker) {
        Launches.Asking asking = new Launches.Asking(arguments.key(), asker.actor());
        return launches.start(asker.caller(), arguments.start(), asking, started -> shown(started.export(), asker));
    }

    private Said status(Arguments arguments, Asker asker) {
        Export export = reach.look(asker.caller(), arguments.id()).orElseThrow(ProblemException::noSuchExport);
        return shown(export, asker);
    }

    private Said cancel(Arguments arguments, Asker asker) {
        return shown(
                cancels.cancel(asker.caller(), arguments.id(), asker.actor()).export(), asker);
    }

    private Said shown(Export export, Asker asker) {
        return new Said(text(exports.write(export)), links.of(export, exports.state(export), asker));
    }

    private static Said said(byte[] json) {
        return new Said(text(json), Optional.empty());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
