package dev.windrow.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.s3.S3Place;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class ArtifactSettingsTest {
    private static ArtifactSettings bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("windrow", WindrowSettings.class)
                .artifacts();
    }

    private static ArtifactSettings of(String url) {
        return bound(Map.of("windrow.artifacts.url", url));
    }

    @ParameterizedTest
    @CsvSource({"/data/archives, /data/archives", "archives, archives", "file:///data/archives, /data/archives"})
    void takesAFolder(String url, String folder) {
        assertThat(of(url).folder()).contains(Path.of(folder));
        assertThat(of(url).bucket()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://exports, exports, ''",
        "s3://exports/, exports, ''",
        "s3://exports/a, exports, a/",
        "s3://exports/a/b.c/, exports, a/b.c/"
    })
    void takesABucket(String url, String bucket, String prefix) {
        assertThat(of(url).bucket()).contains(new S3Place(bucket, prefix, null, null, false));
        assertThat(of(url).folder()).isEmpty();
    }

    @Test
    void putsTheBucketIntoThePathWhereAServerIsNamed() {
        Map<String, String> values = new HashMap<>(Map.of(
                "windrow.artifacts.url", "s3://exports", "windrow.artifacts.s3.endpoint", "http://localhost:9000"));
        URI endpoint = URI.create("http://localhost:9000");

        assertThat(bound(values).bucket()).contains(new S3Place("exports", "", endpoint, null, true));
        values.put("windrow.artifacts.s3.path-style", "false");
        assertThat(bound(values).bucket()).contains(new S3Place("exports", "", endpoint, null, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url=ftp://x/y|windrow.artifacts.url is of a kind that archives can't be kept in; say a folder, or s3://bucket/prefix",
                "url=file://host/x|windrow.artifacts.url names no folder; say a path, or file:///path",
                "url=s3://Exports|windrow.artifacts.url: Exports is no name of a bucket",
                "url=s3:///x|windrow.artifacts.url:  is no name of a bucket",
                "url=s3://exports/../x|windrow.artifacts.url: ../x/ is no prefix",
                "url=s3://exports/a//b|windrow.artifacts.url: a//b/ is no prefix",
                "s3.endpoint=http://x|windrow.artifacts.s3.endpoint is set, but no bucket: set windrow.artifacts.url to",
                "s3.region=x|windrow.artifacts.s3.region is set, but no bucket",
                "s3.path-style=true|windrow.artifacts.s3.path-style is set, but no bucket",
                "serve=redirect|windrow.artifacts.serve is redirect, and a folder has no addresses",
                "segment=4MB|windrow.artifacts.segment is 4194304B; say a size from 5MB to 1GB",
                "segment=2GB|windrow.artifacts.segment is 2147483648B; say a size from 5MB to 1GB"
            })
    void refusesWhatCannotBe(String setting, String message) {
        int equals = setting.indexOf('=');
        Map<String, String> values =
                Map.of("windrow.artifacts." + setting.substring(0, equals), setting.substring(equals + 1));

        assertThatThrownBy(() -> bound(values))
                .isInstanceOf(BindException.class)
                .rootCause()
                .message()
                .satisfies(said -> assertThat(said).contains(message));
    }

    @ParameterizedTest
    @CsvSource({"localhost:9000", "ftp://x", "http://key:secret@x", "http://x/path", "http://x?a=b", "http://", "::"})
    void refusesAnEndpointThatIsNoServerWithoutSayingIt(String endpoint) {
        Map<String, String> values =
                Map.of("windrow.artifacts.url", "s3://exports", "windrow.artifacts.s3.endpoint", endpoint);

        assertThatThrownBy(() -> bound(values))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessage("windrow.artifacts.s3.endpoint is no address of a server: say http:// or https://, a host,"
                        + " and a port if need be; access keys are not part of it");
    }

    @ParameterizedTest
    @CsvSource({"eu central", "a/b", "''"})
    void refusesARegionThatIsNone(String region) {
        Map<String, String> values =
                Map.of("windrow.artifacts.url", "s3://exports", "windrow.artifacts.s3.region", region);

        assertThatThrownBy(() -> bound(values)).isInstanceOf(BindException.class);
    }
}
