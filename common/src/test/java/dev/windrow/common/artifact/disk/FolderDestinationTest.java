package dev.windrow.common.artifact.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.FileDestinationContract;
import dev.windrow.common.artifact.ForwardingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FolderDestinationTest extends FileDestinationContract {
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("place"));
    }

    @Override
    protected Path there() {
        return folder;
    }

    @Override
    protected Destination destination() {
        return new FolderDestination(folder);
    }

    @Test
    void makesNoFolderOfItsOwnWhereADiskMayBeMissing() throws IOException {
        Files.delete(folder);

        assertThatThrownBy(() -> destination().put(parcel()))
                .isInstanceOf(DestinationException.class)
                .hasMessage("the folder of this place is not there: is its disk mounted?");
        assertThat(folder).doesNotExist();
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("orders"), elsewhere);

        assertThatThrownBy(() -> destination().put(parcel()))
                .isInstanceOf(DestinationException.class)
                .hasMessage("a folder of the archive's path is a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void isNoLinkItself() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);

        assertThatThrownBy(() -> new FolderDestination(link).put(parcel()))
                .isInstanceOf(DestinationException.class)
                .hasMessage("the folder of this place is a link");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesNoLinkForTheArchiveOrItsBeginning() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret"), "not ours");
        Files.createDirectories(part().getParent());
        Files.createSymbolicLink(part(), secret);

        assertThatThrownBy(() -> destination().put(parcel())).isInstanceOf(DestinationException.class);
        Files.delete(part());
        Files.createSymbolicLink(folder.resolve(NAME), secret);
        assertThatThrownBy(() -> destination().put(parcel()))
                .isInstanceOf(DestinationException.class)
                .hasMessage("what has the archive's name there is no file");
        assertThat(secret).hasContent("not ours");
    }

    @Test
    void goesOnWithWhatIsThere() throws IOException {
        Files.createDirectories(part().getParent());
        try (FileChannel from = (FileChannel) parcel().content().open();
                FileChannel to = FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            from.transferTo(0, parcel().bytes() - 10, to);
        }
        long[] positions = {-1};

        destination().put(parcel(() -> new Watched(parcel().content().open(), positions), false));

        assertIsThere();
        assertThat(positions[0]).isEqualTo(parcel().bytes() - 10);
    }

    /** Tells from where it was read. */
    private static final class Watched extends ForwardingChannel {
        private final long[] first;

        Watched(SeekableByteChannel channel, long[] first) {
            super(channel);
            this.first = first;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            if (first[0] < 0) {
                first[0] = position();
            }
            return super.read(buffer);
        }
    }
}
