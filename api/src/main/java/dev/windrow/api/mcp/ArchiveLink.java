package dev.windrow.api.mcp;

import dev.windrow.api.resource.DatasetView.ColumnView;
import java.util.List;

/**
 * Where a finished archive is, for who is to fetch it.
 *
 * @param url needs the credentials of its owner: it is no secret, so a model may read it
 * @param name of the file
 * @param title of its dataset, or the dataset's name
 * @param bytes its length
 * @param sha256 its digest in hex
 * @param columns of its first file, in order
 */
record ArchiveLink(
        String url, String name, String title, String mediaType, long bytes, String sha256, List<ColumnView> columns) {}
