package dev.windrow.app;

import static dev.windrow.app.ServedTools.bearer;
import static dev.windrow.app.ServedTools.callOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of MCP as they stand, from who means well and from who does not. */
final class McpMessagesIT {
    private static final String LIST = callOf("list_datasets", "{}");

    @TempDir
    static Path folder;

    private static ServedTools served;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        served = ServedTools.start(folder, "--windrow.page.origins=https://agents.example");
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertNothingOfTheInside(answer.text());
    }

    private static void assertNothingOfTheInside(String text) {
        assertThat(text)
                .doesNotContain("io.modelcontextprotocol")
                .doesNotContain("java.")
                .doesNotContain("tools.jackson")
                .doesNotContain("jdbc:")
                .doesNotContain("select ")
                .doesNotContain(folder.toString())
                .doesNotContain("stackTrace");
    }

    private static Answer ofJsonRpc(String message, int code) {
        Answer answer = served.post(message);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().at("/error/code").asInt()).as(answer.text()).isEqualTo(code);
        assertNothingOfTheInside(answer.text());
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "\"text\"",
                "null",
                "[]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":123456789012345678901234567890,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}"
            })
    void whatIsNoMessageIsMalformed(String body) {
        if (body.isEmpty()) {
            assertThat(served.post(body).status()).isEqualTo(400);
        } else {
            assertProblem(served.post(body), 400, "malformed-request");
        }
    }

    @Test
    void bodiesAreBoundedInLengthAndDepth() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertProblem(served.post(callOf("preview", "{\"dataset\":" + deep + "}")), 400, "malformed-request");
        String number = "9".repeat(5_000);
        assertProblem(served.post(callOf("preview", "{\"dataset\":" + number + "}")), 400, "malformed-request");
        assertProblem(
                served.post(callOf("preview", "{\"dataset\":\"" + "x".repeat(64 * 1024) + "\"}")), 413, "too-large");
        Http http = new Http(served.url());
        assertProblem(
                http.send(
                        "POST",
                        "/mcp",
                        LIST,
                        "Content-Type",
                        "text/plain",
                        bearer("exporter")[0],
                        bearer("exporter")[1]),
                415,
                "unsupported-media-type");
    }

    /** The SDK says what it could not make of them, with the names of its classes: never to the caller. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-32601 | {'jsonrpc':'2.0','id':1,'method':'resources/read','params':{'uri':'file:///etc/passwd'}}",
                "-32601 | {'jsonrpc':'2.0','id':1,'method':'no/such'}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'tools/call'}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':7}}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'preview','arguments':[]}}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'preview','_meta':7}}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'drop_table'}}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'initialize'}",
                "-32602 | {'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':{},'capabilities':7}}"
            })
    void whatDoesNotFitIsAnErrorThatTellsNothingOfTheInside(int code, String message) {
        ofJsonRpc(message.replace('\'', '"'), code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_datasets | {'limit':1000000} | - /limit is not an argument of this tool",
                "describe_dataset | {} | - /dataset is missing",
                "describe_dataset | {'dataset':7} | - /dataset must be a string",
                "export_status | {} | - /id is missing",
                "export_status | {'id':['a']} | - /id must be a string",
                "preview | {} | - /dataset is missing",
                "preview | {'dataset':'visits','limit':9} | - /limit is not a field",
                "preview | {'dataset':'visits','parameters':{'least':-1}} | - /parameters/least ",
                "preview | {'dataset':'visits','parameters':{'place':'nowhere'}} | Place nowhere not found",
                "start_export | {'dataset':'visits','columns':['n; drop table visits']} | - /columns/0 is not a column",
                "start_export | {'dataset':'visits','idempotencyKey':''} | - /idempotencyKey must be 1 to 255",
                "start_export | {'dataset':'visits','format':'exe'} | - /format must be one of csv, json",
                "cancel_export | {'id':'x','all':true} | - /all is not an argument of this tool"
            })
    void whatAToolIsGivenWrongIsNamedWithItsMend(String tool, String arguments, String said) {
        Answer answer = served.post(callOf(tool, arguments.replace('\'', '"')));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/result/isError").asBoolean())
                .as(answer.text())
                .isTrue();
        assertThat(answer.json().at("/result/content/0/text").asString()).contains(said);
        assertNothingOfTheInside(answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "0", "-7", "123456789012345678", "\"\\ud800\""})
    void idsComeBackAsTheyWere(String id) {
        Answer answer = served.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id.replace("\\ud800", "?") + ",\"result\":{}}");
    }

    @Test
    void notificationsAreTakenAndNotAnswered() {
        for (String method : new String[] {"notifications/initialized", "notifications/cancelled", "whatever\\nelse"}) {
            Answer answer = served.post("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.bytes()).isEmpty();
        }
    }

    /** There are neither streams nor sessions: any process of many answers any message. */
    @Test
    void streamsAndSessionsAreNotOffered() {
        Http http = new Http(served.url());
        for (String method : new String[] {"GET", "DELETE", "PUT"}) {
            Answer answer = http.send(method, "/mcp", "", bearer("exporter"));
            assertProblem(answer, 405, "method-not-allowed");
            assertThat(answer.header("Allow")).contains("POST");
        }
        Answer answer = served.post(LIST, "Mcp-Session-Id", "somebody else's");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Mcp-Session-Id")).isNull();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void versionsAreAgreedOn() {
        String ask = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\","
                + "\"capabilities\":{},\"clientInfo\":{\"name\":\"a\\nb\",\"version\":\"1\"}}}";
        assertThat(served.post(ask.formatted("2025-06-18"))
                        .json()
                        .at("/result/protocolVersion")
                        .asString())
                .isEqualTo("2025-06-18");
        assertThat(served.post(ask.formatted("1999-01-01"))
                        .json()
                        .at("/result/protocolVersion")
                        .asString())
                .isEqualTo("2025-11-25");
        assertThat(served.post(LIST, "MCP-Protocol-Version", "2025-03-26").status())
                .isEqualTo(200);
        Answer other = served.post(LIST, "MCP-Protocol-Version", "1999-01-01");
        assertProblem(other, 400, "malformed-request");
        assertThat(other.json().path("detail").asString()).contains("2025-03-26, 2025-06-18, 2025-11-25");
        assertProblem(
                served.post(LIST, "MCP-Protocol-Version", "2025-03-26", "MCP-Protocol-Version", "2025-06-18"),
                400,
                "malformed-request");
    }

    /** As the protocol demands, against names of the web that are resolved to this machine. */
    @Test
    void pagesOfOtherSitesAreRefused() throws IOException {
        assertProblem(served.post(LIST, "Origin", "https://evil.example"), 403, "forbidden");
        assertProblem(served.post(LIST, "Origin", "null"), 403, "forbidden");
        Answer ours = served.post(LIST, "Origin", "https://agents.example");
        assertThat(ours.status()).isEqualTo(200);
        assertThat(ours.header("Access-Control-Allow-Origin")).isEqualTo("https://agents.example");
        String rebound = Wire.send(
                URI.create(served.url()).getPort(),
                "POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + "Content-Length: " + LIST.length() + "\r\n\r\n" + LIST);
        assertThat(Wire.status(rebound)).isEqualTo(421);
    }

    @Test
    void nothingIsThereWhereItIsSwitchedOff(@TempDir Path other) throws IOException, SQLException {
        try (ServedTools off = ServedTools.start(other, "--windrow.mcp.enabled=false")) {
            assertThat(off.post(LIST).status()).isEqualTo(404);
        }
    }
}
