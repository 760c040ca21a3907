package dev.windrow.api.archive;

import dev.windrow.api.http.ByteRange;
import dev.windrow.api.http.Multipart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.utils.BoundedSeekableByteChannelInputStream;

/** Parts of an open archive as one stream, which belongs to one thread at a time. It does not close the channel. */
final class Parts {
    private Parts() {}

    static InputStream one(SeekableByteChannel channel, ByteRange range) {
        return new BoundedSeekableByteChannelInputStream(range.first(), range.length(), channel);
    }

    /** Several, with what stands between them. */
    static InputStream several(SeekableByteChannel channel, Multipart multipart) {
        List<InputStream> streams = new ArrayList<>();
        for (ByteRange range : multipart.ranges()) {
            streams.add(new ByteArrayInputStream(multipart.head(range)));
            streams.add(one(channel, range));
        }
        streams.add(new ByteArrayInputStream(multipart.tail()));
        return new SequenceInputStream(Collections.enumeration(streams));
    }
}
