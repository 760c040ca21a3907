package dev.windrow.client;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that writes a file until it is ended. */
final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
        try (FileChannel file =
                FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(StandardCharsets.UTF_8.encode("its bytes"));
            file.lock();
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println("locked");
            System.in.read();
        }
    }
}
