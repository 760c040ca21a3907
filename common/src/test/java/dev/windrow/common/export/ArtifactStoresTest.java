package dev.windrow.common.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Artifact.Store;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which archives a process may say of that they are damaged, or gone. */
final class ArtifactStoresTest {
    @ParameterizedTest
    @CsvSource({
        "ours,   false, true,  true",
        "ours,   true,  true,  true",
        "theirs, false, false, false",
        "theirs, true,  false, false",
        ",       false, true,  false",
        ",       true,  true,  true",
    })
    void judgeTheirOwn(String store, boolean isOnly, boolean byItsBytes, boolean byItsAbsence) {
        Claim claim = new Claim(new ExportId(new UUID(1, 2)), 1);
        Artifact artifact = Artifact.zip(claim, 1, "0".repeat(64), List.of()).in(store);
        Store own = new Store("ours", isOnly);
        assertThat(own.mayHold(artifact)).isEqualTo(byItsBytes);
        assertThat(own.mustHold(artifact)).isEqualTo(byItsAbsence);
        assertThat(artifact.key()).isEqualTo(claim.fileName() + ".zip");
    }
}
