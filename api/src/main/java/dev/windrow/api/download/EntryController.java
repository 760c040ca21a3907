package dev.windrow.api.download;

import dev.windrow.api.access.Caller;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Gives out single files of archives, under their own names and media types. */
@RestController
final class EntryController {
    private final Archives archives;
    private final EntryDelivery entries;

    EntryController(Archives archives, EntryDelivery entries) {
        this.archives = archives;
        this.entries = entries;
    }

    /** @param path the name, which may have folders, after a slash; empty where the path ends before one */
    @RequestMapping(
            path = ExportPaths.EXPORT + "/entries/{*name}",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void entry(
            @PathVariable("id") String id,
            @PathVariable("name") String path,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        entries.deliver(archives.of(id, caller), path.isEmpty() ? path : path.substring(1), request, response);
    }
}
