package dev.windrow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Warning;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final JsonNode document = http.get("/v3/api-docs").json();

    @Test
    void namesExactlyTheRoutesThatThereAre() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(name -> !name.equals("parameters"))
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> routed = new TreeSet<>();
        server.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> {
                    for (String path : mapping.getPatternValues()) {
                        for (RequestMethod method :
                                mapping.getMethodsCondition().getMethods()) {
                            routed.add(method + " " + path.replace("{*", "{"));
                        }
                    }
                });
        routed.removeAll(Set.of(
                "GET /v3/api-docs",
                "GET /catalog.schema.json",
                "GET /docs",
                "GET /docs/{name}",
                "GET /",
                "GET /windrow.js",
                "GET /page/{version}/{name}"));
        assertThat(described).isEqualTo(routed);
    }

    @Test
    void givesTheSchemaOfCatalogsAsTheManualHasIt() throws IOException {
        Answer schema = http.get("/catalog.schema.json");

        assertThat(schema.header("Content-Type")).isEqualTo("application/schema+json");
        assertThat(schema.text()).isEqualTo(Files.readString(Path.of("..", "docs", "catalog.schema.json")));
    }

    /**
     * Of an object of which nothing is said generators make one without fields, to which no caller can give a
     * parameter.
     */
    @Test
    void saysOfEveryObjectWhatItMayHold() {
        assertThat(schemas("object").filter(schema -> !schema.has("properties")))
                .isNotEmpty()
                .allMatch(schema -> schema.has("additionalProperties"));
    }

    /** Bodies that are files have none: what is in them is the caller's own. */
    @Test
    void describesEveryOperationWithExamplesOfItsBodies() {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(route -> route.getValue().has("responses"))
                        .forEach(route -> {
                            String operation = route.getKey() + " " + path.getKey();
                            assertThat(route.getValue().path("description").asString(""))
                                    .as(operation)
                                    .isNotBlank();
                            List<JsonNode> bodies =
                                    new ArrayList<>(route.getValue().findParents("application/json"));
                            bodies.addAll(route.getValue().findParents("text/event-stream"));
                            bodies.addAll(route.getValue().findParents("text/plain"));
                            assertThat(bodies)
                                    .as(operation)
                                    .allSatisfy(body -> assertThat(body)
                                            .allSatisfy(media -> assertThat(media.path("examples"))
                                                    .isNotEmpty()));
                        }));
    }

    /** Generators take a field with a default for one that is always there, and make callers give it. */
    @Test
    void hasNoDefaultInABody() {
        assertThat(document.path("components").findValues("default")).isEmpty();
    }

    private Stream<JsonNode> schemas(String type) {
        return document.findParents("type").stream()
                .filter(schema -> schema.path("type").isString())
                .filter(schema -> schema.path("type").stringValue().equals(type));
    }

    @Test
    void saysOfExactlyThoseRoutesThatTakeABodyThatTheyDo() {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(route -> route.getValue().has("responses"))
                        .forEach(route -> {
                            String method = route.getKey().toUpperCase(Locale.ROOT);
                            String target = path.getKey().replaceAll("[{][^}]+[}]", "x");
                            int status = http.send(method, target, new byte[] {'['}, "Content-Type", "application/json")
                                    .status();
                            assertThat(status != 413)
                                    .as(method + " " + target)
                                    .isEqualTo(route.getValue().has("requestBody"));
                        }));
    }

    @Test
    void hasNoReferenceThatLeadsNowhere() {
        document.findValuesAsString("$ref")
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void describesTheAnswersThatAreGiven() {
        Schema schema = new Schema(document);
        String path = http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}")
                .header("Location");
        http.start("{\"dataset\":\"notes\"}");
        for (String options : List.of(
                "\"options\":{\"csv\":{\"profile\":\"spreadsheet\",\"delimiter\":\";\"},\"headers\":\"titles\"}",
                "\"format\":\"json\",\"options\":{\"json\":{\"indent\":true}}")) {
            String body = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}," + options + "}";
            schema.check("Start", JsonMapper.shared().readTree(body));
            schema.check("Export", http.start(body).json());
        }
        schema.check("Export", http.get(path).json());
        server.runs.tryAgain(
                server.claim().lastClaim(), new Failure(FailureCode.STORAGE_FULL, "Full."), server.clock.instant());
        schema.check("Export", http.get(path).json());
        var run = server.claim();
        server.progress(run, 5, 10L, 50.0, 3);
        schema.check("Export", http.get(path).json());
        server.complete(run, new byte[] {1}, new Warning(Warning.Type.NAMES_CHANGED, "1 file is called otherwise."));
        schema.check("Export", http.get(path).json());
        schema.check("Link", http.post(path + "/links").json());
        server.clock.pass(Duration.ofDays(8));
        schema.check("Export", http.get(path).json());
        schema.check(
                "DryRun",
                http.send(
                                "POST",
                                "/api/v1/exports?dryRun=true",
                                "{\"dataset\":\"notes\"}".getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/json")
                        .json());
        Answer list = http.get("/api/v1/exports?limit=1");
        schema.check(
                document.at("/paths/~1api~1v1~1exports/get/responses/200/content/application~1json/schema"),
                list.json());
        schema.check(
                document.at("/paths/~1api~1v1~1datasets/get/responses/200/content/application~1json/schema"),
                http.get("/api/v1/datasets").json());
        schema.check("Me", http.get("/api/v1/me").json());
        schema.check("Problem", http.get("/nope").json());
        schema.check("Problem", http.start("{\"dataset\":1,\"x\":2}").json());
    }

    @Test
    void knowsEveryTypeOfWarning() {
        JsonNode types = document.at("/components/schemas/Warning/properties/type/enum");
        assertThat(types)
                .extracting(JsonNode::asString)
                .containsExactlyElementsOf(
                        Stream.of(Warning.Type.values()).map(Warning.Type::id).toList());
    }

    @Test
    void knowsEveryTypeOfFailure() {
        JsonNode types = document.at("/components/schemas/Failure/properties/type/enum");
        Set<String> described = new TreeSet<>();
        types.forEach(type -> described.add(type.asString()));
        Set<String> known = new TreeSet<>();
        for (FailureCode code : FailureCode.values()) {
            known.add("/problems/" + code.id());
        }
        assertThat(described).isEqualTo(known);
    }
}
