package dev.windrow.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import org.junit.jupiter.api.Test;

class DatasetIT {
    private final Http http = new Http(ApiServer.empty().port());

    @Test
    void listsTheDatasetsOfTheCatalog() {
        Answer answer = http.get("/api/v1/datasets");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path("items").size()).isEqualTo(2);
        assertThat(answer.json().at("/items/1/name").asString()).isEqualTo("notes");
        assertThat(answer.json().at("/items/1/description").isNull()).isTrue();
        assertThat(answer.json().at("/nextCursor").isNull()).isTrue();
    }

    @Test
    void showsOneDatasetWithItsParametersAsASchema() {
        Answer answer = http.get("/api/v1/datasets/sensor-readings");
        assertThat(answer.text())
                .startsWith(
                        "{\"name\":\"sensor-readings\",\"title\":\"Sensor readings\",\"description\":\"Raw values of one sensor, "
                                + "oldest first.\",\"formats\":[\"csv\",\"json\"],\"columns\":[{\"name\":\"timestamp_ms\",\"type\":\"integer\","
                                + "\"title\":\"Time\"},{\"name\":\"value\",\"type\":\"number\",\"title\":null}");
        assertThat(answer.json().at("/parameters/properties/sensor_id/type").asString())
                .isEqualTo("string");
        assertThat(answer.json().at("/parameters/required/0").asString()).isEqualTo("sensor_id");
    }

    @Test
    void doesNotSendAgainWhatTheCallerHas() {
        String tag = http.get("/api/v1/datasets/notes").header("ETag");
        Answer again = http.get("/api/v1/datasets/notes", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(again.bytes()).isEmpty();
    }

    @Test
    void doesNotKnowOthers() {
        Answer answer = http.get("/api/v1/datasets/secret");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
    }
}
