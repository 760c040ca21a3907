package dev.windrow.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts exports on a server, waits for them and downloads their archives. Each step blocks, bears with a server that
 * is gone for a while (the export goes on without us), and says in a {@link ClientException} why it gave up. For one
 * thread; an interrupt ends a step and nothing on the server.
 */
public final class ExportClient {
    private static final int WAIT_SECONDS = 20;
    /** Even a server that answers each look at once is asked ten times per second at most. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    /** So many names are told to who has mistaken one. */
    private static final int FEW = 20;

    /** Bad JSON, no such dataset or export, and parameters, format, columns or options that do not fit. */
    private static final Set<Integer> NOT_AS_IT_SHOULD_BE = Set.of(400, 404, 422);

    private final Wire wire;
    private final URI server;
    private final ProgressListener listener;

    /**
     * @param server an http or https address, with or without a path
     * @param apiKey sent as a bearer token, or null
     */
    public ExportClient(
            URI server, @Nullable String apiKey, Patience patience, Clock clock, ProgressListener listener) {
        this(new Wire.Access(server, apiKey), patience, clock, listener, pause -> Thread.sleep(pause.toMillis()));
    }

    ExportClient(Wire.Access access, Patience patience, Clock clock, ProgressListener listener, Sleeper sleeper) {
        server = access.server();
        this.listener = listener;
        wire = new Wire(access, patience, clock, listener, sleeper);
    }

    /**
     * Starts an export. When this returns, the server has promised to finish it.
     *
     * @return the export as it was accepted: its id is what the other steps take
     * @throws ClientException with the reason {@code REFUSED} if the request has faults, each in a line of the message
     */
    public ExportStatus start(StartRequest request) throws ClientException, InterruptedException {
        return start(body(request));
    }

    /**
     * As {@link #start}, but resumes the export of an earlier call with the same request and target, if that one is
     * not downloaded yet and the server still has it.
     *
     * @param target where the archive will be downloaded to; its folder must exist
     * @throws IOException if the file that remembers the export, beside the target, cannot be written
     */
    public ExportStatus startOrResume(StartRequest request, Path target)
            throws ClientException, InterruptedException, IOException {
        ObjectNode body = body(request);
        PartialDownload partial = new PartialDownload(target);
        Optional<String> earlier = partial.exportOf(server, body);
        if (earlier.isPresent()) {
            Optional<ExportStatus> status = usable(earlier.get());
            if (status.isPresent()) {
                listener.note("Takes up export " + earlier.get() + ", which was started before");
                return status.get();
            }
        }
        ExportStatus begun = start(body);
        partial.remember(server, body, begun.id());
        return begun;
    }

    /**
     * What {@link #start} would give, and starts nothing.
     *
     * @return the API's own JSON: {@code rowsTotal}, {@code estimatedBytes}, and {@code preview} with ten rows at most
     * @throws ClientException with the reason {@code REFUSED} if the request has faults, each in a line of the message
     */
    public JsonNode dryRun(StartRequest request) throws ClientException, InterruptedException {
        return new Requests(wire).send("POST", "api/v1/exports?dryRun=true", body(request));
    }

    /** Whether the server answers and is ready for requests, by its health page: one try, without patience. */
    public boolean isReady() throws InterruptedException {
        return wire.isWell("actuator/health/readiness");
    }

    /**
     * The export as it is now.
     *
     * @throws ClientException with the reason {@code REFUSED} if the server has none of that id
     */
    public ExportStatus look(String id) throws ClientException, InterruptedException {
        HttpResponse<byte[]> answer = wire.send(wire.to(path(id)).build(), BodyHandlers.ofByteArray());
        refuse(answer, NOT_AS_IT_SHOULD_BE);
        return status(answer, 200);
    }

    /**
     * Waits until the export is completed, telling the listener of each change.
     *
     * @return what {@link #download} takes
     * @throws ClientException also if the export ends otherwise, with the server's reason in the message
     */
    public ExportStatus await(String id) throws ClientException, InterruptedException {
        String etag = null;
        boolean holds = true;
        while (true) {
            HttpResponse<byte[]> answer = look(id, etag, holds);
            holds = answer.statusCode() != Wire.TOO_MANY;
            if (holds && answer.statusCode() != 304) {
                ExportStatus status = status(answer, 200);
                listener.status(status);
                if (!status.state().isActive()) {
                    return completed(status);
                }
                etag = answer.headers().firstValue("ETag").orElse(null);
            }
            boolean held = answer.headers().firstValue("Preference-Applied").isPresent();
            Duration pause = held ? SHORTEST_PAUSE : Wire.retryAfter(answer).orElse(Duration.ofSeconds(1));
            wire.pause(pause);
        }
    }

    /** Looks once; where the server holds too many answers for this caller already, the next look is not to be held. */
    private HttpResponse<byte[]> look(String id, @Nullable String etag, boolean hold)
            throws ClientException, InterruptedException {
        HttpRequest.Builder look = wire.to(path(id)).timeout(Duration.ofSeconds(WAIT_SECONDS + 30L));
        if (etag != null) {
            look.header("If-None-Match", etag);
        }
        return hold
                ? wire.sendUnlessTooMany(
                        look.header("Prefer", "wait=" + WAIT_SECONDS).build(), BodyHandlers.ofByteArray())
                : wire.send(look.build(), BodyHandlers.ofByteArray());
    }

    /**
     * One file of a completed export's archive, in the archive's place: {@link #download} brings it by itself, as it is
     * in the archive.
     *
     * @param name as the archive has it, with its folders; null for the only one
     * @return empty where no name is given and the archive has several files
     * @throws ClientException also if the archive has no file of that name
     */
    public Optional<ExportStatus> file(ExportStatus completed, @Nullable String name)
            throws ClientException, InterruptedException {
        String path = path(completed.id()) + "/entries";
        // Two tell whether there is one.
        List<JsonNode> files = new Requests(wire).list(path, name == null ? 2 : Integer.MAX_VALUE);
        if (name == null) {
            return files.size() == 1 ? Optional.of(completed.with(archive(files.get(0)))) : Optional.empty();
        }
        for (JsonNode file : files) {
            if (file.path("name").asString("").equals(name)) {
                return Optional.of(completed.with(archive(file)));
            }
        }
        String known = files.stream()
                .limit(FEW)
                .map(file -> Problem.plain(file.path("name").asString("")))
                .collect(Collectors.joining(", ", "", files.size() > FEW ? ", …" : ""));
        throw ClientException.refused("The archive of export " + completed.id() + " has no file " + Problem.plain(name)
                + "; it has " + known);
    }

    private static ExportStatus.Archive archive(JsonNode file) throws ClientException {
        String name = file.path("name").asString("");
        String sha256 = file.path("sha256").asString("");
        if (sha256.isEmpty()) {
            throw ClientException.failed("The server does not say the SHA-256 of " + Problem.plain(name)
                    + "; download the archive, which has it");
        }
        String path = Arrays.stream(name.split("/", -1)).map(Requests::encoded).collect(Collectors.joining("/"));
        return new ExportStatus.Archive(name, file.path("bytes").asLong(0), sha256, "entries/" + path);
    }

    /**
     * Downloads a completed export's archive, or the {@link #file} of it, going on where an earlier download of it to
     * the same target ended, and checks its length and SHA-256. The target appears when all is well, and not before.
     * One download writes to a target at a time, here and in other processes: the second one fails.
     *
     * @param replace whether a file that is there may be replaced
     * @throws java.nio.file.FileAlreadyExistsException if it is there and may not
     * @throws IOException if the archive cannot be written here
     */
    public void download(ExportStatus completed, Path target, boolean replace)
            throws ClientException, InterruptedException, IOException {
        new ArchiveDownload(wire, listener, completed, new PartialDownload(target)).run(null, replace);
    }

    /**
     * As {@link #download}, but takes from an earlier archive what that one has of this one, and fetches the rest. It
     * goes on, too, where either ended before. Where the earlier archive helps nothing, or there is no list of the
     * archive's blocks to be had, the archive is downloaded as a whole, and the listener is told why.
     *
     * @param completed whose archive is wanted, and not a file of it
     * @param base the earlier archive; any file will do, and it may be the target, but not the {@code .part} beside
     *     it, which is refused
     * @return how many bytes the server has sent, those of the list among them
     */
    public long downloadOver(ExportStatus completed, Path base, Path target, boolean replace)
            throws ClientException, InterruptedException, IOException {
        if (completed.archive() != null && !completed.archive().isWhole()) {
            throw new IllegalArgumentException(
                    "a file of an archive has no blocks: " + completed.archive().name());
        }
        ArchiveDownload download = new ArchiveDownload(wire, listener, completed, new PartialDownload(target));
        download.run(base, replace);
        return download.fetched();
    }

    /** Where a person or a script finds the export. */
    public URI address(String id) {
        return wire.uri(path(id));
    }

    private ObjectNode body(StartRequest request) throws ClientException, InterruptedException {
        String path = "api/v1/datasets/" + Requests.encoded(request.dataset());
        HttpResponse<byte[]> answer = wire.send(wire.to(path).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() == 404) {
            throw ClientException.refused(Problem.of(answer).words() + datasets());
        }
        return RequestBody.of(request, json(answer, 200).path("parameters"));
    }

    /** Which datasets there are, where that fits into a line; for who named one that is not there. */
    private String datasets() throws ClientException, InterruptedException {
        JsonNode all = new Requests(wire).get("api/v1/datasets").path("items");
        if (all.isEmpty() || all.size() > FEW) {
            return "";
        }
        return "\n  There are: "
                + all.valueStream()
                        .map(one -> Problem.plain(one.path("name").asString("")))
                        .collect(Collectors.joining(", "));
    }

    /** A start whose answer is lost is sent again with the same key, so that the server starts one export. */
    private ExportStatus start(ObjectNode body) throws ClientException, InterruptedException {
        HttpRequest request = wire.to("api/v1/exports")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        HttpResponse<byte[]> answer = wire.sendOnce(request, BodyHandlers.ofByteArray());
        refuse(answer, NOT_AS_IT_SHOULD_BE);
        ExportStatus begun = status(answer, 202);
        listener.status(begun);
        return begun;
    }

    private Optional<ExportStatus> usable(String id) throws ClientException, InterruptedException {
        HttpResponse<byte[]> answer = wire.send(wire.to(path(id)).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        ExportStatus status = status(answer, 200);
        boolean alive = status.state().isActive() || status.state() == State.COMPLETED;
        return alive ? Optional.of(status) : Optional.empty();
    }

    private static ExportStatus completed(ExportStatus status) throws ClientException {
        if (status.state() != State.COMPLETED) {
            String end = "The export " + status.id() + " "
                    + (status.state() == State.CANCELLED
                            ? "was cancelled"
                            : "has " + status.state().id());
            throw ClientException.failed(
                    status.error() == null ? end : end + "\n" + status.error().words());
        }
        if (status.archive() == null || status.archive().bytes() < 0) {
            throw ClientException.failed("The export " + status.id() + " is completed, but has no file");
        }
        return status;
    }

    private static ExportStatus status(HttpResponse<byte[]> answer, int expected) throws ClientException {
        JsonNode json = json(answer, expected);
        try {
            return ExportStatus.of(json);
        } catch (IllegalArgumentException e) {
            throw notOurs(answer);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> answer, int expected) throws ClientException {
        if (answer.statusCode() != expected && answer.statusCode() != 200) {
            throw ClientException.failed(Problem.of(answer).words());
        }
        try {
            return Json.read(answer.body());
        } catch (JacksonException e) {
            throw notOurs(answer);
        }
    }

    /** For an answer that says that the request, and so the command, is at fault. */
    private static void refuse(HttpResponse<byte[]> answer, Set<Integer> refusals) throws ClientException {
        if (refusals.contains(answer.statusCode())) {
            throw ClientException.refused(Problem.of(answer).words());
        }
    }

    private static ClientException notOurs(HttpResponse<byte[]> answer) {
        return ClientException.failed(answer.uri() + " did not answer as a Windrow server does");
    }

    private static String path(String id) {
        return "api/v1/exports/" + id;
    }
}
