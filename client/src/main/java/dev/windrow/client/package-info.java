/**
 * The HTTP API from its other side, for Java programs: {@link dev.windrow.client.ExportClient} starts an export,
 * follows it, and downloads its archive, which it resumes after a cut and checks at its end.
 *
 * <pre>{@code
 * ProgressListener progress = export -> System.out.println(
 *         export.state().id() + ", " + export.progress().rowsWritten() + " rows");
 * ExportClient client = new ExportClient(
 *         server, System.getenv("WINDROW_API_KEY"), Patience.DEFAULT, Clock.systemUTC(), progress);
 * StartRequest readings =
 *         new StartRequest("sensor-readings", "csv", Map.of("sensor_id", List.of("load")), List.of());
 * try {
 *     // Run again after an interruption, these three resume the same export and fetch only the bytes that are
 *     // missing.
 *     ExportStatus begun = client.startOrResume(readings, archive);
 *     ExportStatus completed = client.await(begun.id());
 *     client.download(completed, archive, true);
 *     System.out.println("whole, as its SHA-256 shows: " + archive);
 * } catch (ClientException e) {
 *     System.err.println(e.reason() + ": " + e.getMessage());
 * }
 * }</pre>
 *
 * {@link dev.windrow.client.Patience} says how long it bears with a server that is away. The package needs Jackson and
 * sees nothing of the server.
 */
@NullMarked
package dev.windrow.client;

import org.jspecify.annotations.NullMarked;
