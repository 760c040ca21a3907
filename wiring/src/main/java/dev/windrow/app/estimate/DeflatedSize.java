package dev.windrow.app.estimate;

import java.util.zip.Deflater;

/** How long bytes are once they are deflated. */
final class DeflatedSize {
    private static final int STEP = 1 << 16;

    private DeflatedSize() {}

    /** Of the first {@code length} bytes, as one block of an archive. */
    static long of(byte[] bytes, int length, int level) {
        if (length == 0) {
            return 0;
        }
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(bytes, 0, length);
            byte[] out = new byte[STEP];
            int written;
            do {
                written = deflater.deflate(out, 0, STEP, Deflater.FULL_FLUSH);
            } while (written == STEP);
            return deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }
}
