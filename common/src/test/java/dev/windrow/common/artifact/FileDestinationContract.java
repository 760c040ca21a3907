package dev.windrow.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What places of files and folders give besides: what is half done is a file of its own there, beside the archive. */
public abstract class FileDestinationContract extends DestinationContract {
    /** What is half done. */
    protected final Path part() {
        return there().resolve(NAME).resolveSibling(".windrow-" + parcel().id() + ".part");
    }

    @Test
    void sweepsWhatIsHalfDoneAndOldAndOurs() throws IOException {
        putHalf();
        Path part = part();
        assertThat(part).exists();
        Path others = Files.writeString(part.resolveSibling(".windrow-.part"), "another's");
        Path another = Files.writeString(part.resolveSibling("windrow-" + parcel().id() + ".part"), "another's");
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Path behind = Files.writeString(elsewhere.resolve(part.getFileName()), "behind a link");
        Files.createSymbolicLink(there().resolve("link"), elsewhere);
        Path deep = Files.createDirectories(part.resolveSibling("deep"));
        Path deeper = Files.writeString(deep.resolve(part.getFileName()), "deeper than archives");
        int folders = NAME.split("/").length - 1;

        assertThat(sweep(folders, Instant.EPOCH)).isZero();
        assertThat(sweep(folders - 1, AFTER_ALL)).isZero();
        assertThat(part).exists();
        assertThat(sweep(folders, AFTER_ALL)).isOne();

        assertThat(part).doesNotExist();
        assertThat(List.of(others, another, behind, deeper)).allMatch(Files::exists);
        destination().put(parcel());
        assertThat(sweep(folders, AFTER_ALL)).isZero();
    }
}
