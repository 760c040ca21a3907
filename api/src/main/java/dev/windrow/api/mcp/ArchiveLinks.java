package dev.windrow.api.mcp;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.resource.DatasetView.ColumnView;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says where archives are. Safe for use by many threads. */
final class ArchiveLinks {
    private final Datasets datasets;
    private final PublicAddress address;

    ArchiveLinks(Datasets datasets, PublicAddress address) {
        this.datasets = datasets;
        this.address = address;
    }

    /**
     * The link to the archive of an export that the asker reaches; empty where there is none, or where its owner may
     * not have it any more.
     *
     * @param state as it is shown
     */
    Optional<ArchiveLink> of(Export export, State state, Asker asker) {
        Artifact artifact = export.artifact();
        Caller caller = asker.caller();
        if (state != State.COMPLETED || artifact == null || !datasets.givesArchive(caller, export)) {
            return Optional.empty();
        }
        Optional<Datasets.Granted> granted =
                datasets.find(caller, export.request().dataset());
        return Optional.of(new ArchiveLink(
                address.of(asker.request()) + ExportPaths.file(export.id()),
                export.request().fileName(),
                granted.map(found -> found.dataset().title())
                        .orElse(export.request().dataset()),
                artifact.mediaType(),
                artifact.bytes(),
                artifact.sha256(),
                columns(
                        export.request().columns(),
                        granted.map(Datasets.Granted::columns).orElse(List.of()))));
    }

    /** One that the catalog has no more is named, and no more is known of it. */
    private static List<ColumnView> columns(List<String> names, List<Column> known) {
        Map<String, Column> byName = known.stream().collect(Collectors.toMap(Column::name, Function.identity()));
        return names.stream()
                .map(name -> Optional.ofNullable(byName.get(name))
                        .map(ColumnView::of)
                        .orElseGet(() -> new ColumnView(name, null, null)))
                .toList();
    }
}
