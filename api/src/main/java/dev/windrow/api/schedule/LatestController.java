package dev.windrow.api.schedule;

import dev.windrow.api.access.Caller;
import dev.windrow.api.archive.Archive;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.resource.ExportPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Gives out the newest archive of a schedule, and the files in it, at addresses that stay. */
@RestController
final class LatestController {
    private final OwnSchedules schedules;
    private final Latest latest;
    private final Delivery delivery;
    private final EntryDelivery entries;

    LatestController(OwnSchedules schedules, Latest latest, Delivery delivery, EntryDelivery entries) {
        this.schedules = schedules;
        this.latest = latest;
        this.delivery = delivery;
        this.entries = entries;
    }

    @RequestMapping(
            path = SchedulePaths.LATEST + "/file",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void file(
            @PathVariable("name") String name, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Archive archive = latest.of(schedules.of(name, caller, request), caller);
        // By which a client that resumes finds the very same again (RFC 9110, section 8.7).
        response.setHeader(HttpHeaders.CONTENT_LOCATION, ExportPaths.file(archive.export()));
        delivery.deliver(archive, request, response);
    }

    @GetMapping(SchedulePaths.LATEST + "/file.sha256")
    void checksum(
            @PathVariable("name") String name, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Archive archive = latest.of(schedules.of(name, caller, request), caller);
        // By which a client that asked for the file a moment before knows whether this is the same one's.
        response.setHeader(HttpHeaders.CONTENT_LOCATION, ExportPaths.checksum(archive.export()));
        delivery.deliverChecksum(archive, response);
    }

    /** @param path the name of a file in the archive, which may have folders, after a slash */
    @RequestMapping(
            path = SchedulePaths.LATEST + "/entries/{*entry}",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void entry(
            @PathVariable("name") String name,
            @PathVariable("entry") String path,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Archive archive = latest.of(schedules.of(name, caller, request), caller);
        entries.deliver(archive, path.isEmpty() ? path : path.substring(1), request, response);
    }
}
