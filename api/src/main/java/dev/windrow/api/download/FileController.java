package dev.windrow.api.download;

import dev.windrow.api.access.Caller;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives out archives, their checksums and the lists of their blocks. What a client accepts is not asked: there is one
 * form of each (RFC 9110, section 12.4.1).
 */
@RestController
final class FileController {
    private final Archives archives;
    private final Delivery delivery;

    FileController(Archives archives, Delivery delivery) {
        this.archives = archives;
        this.delivery = delivery;
    }

    @RequestMapping(
            path = ExportPaths.EXPORT + "/file",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void file(@PathVariable("id") String id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        delivery.deliver(archives.of(id, caller), request, response);
    }

    @RequestMapping(
            path = ExportPaths.EXPORT + "/blocks",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void blocks(@PathVariable("id") String id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        delivery.deliverBlocks(archives.of(id, caller), request, response);
    }

    @GetMapping(ExportPaths.EXPORT + "/file.sha256")
    void checksum(
            @PathVariable("id") String id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        delivery.deliverChecksum(archives.of(id, caller), response);
    }
}
