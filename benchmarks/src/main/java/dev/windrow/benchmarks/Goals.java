package dev.windrow.benchmarks;

import dev.windrow.benchmarks.Results.Compared;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a comparison with the peers is held to. */
final class Goals {
    private final Results results;

    Goals(Results results) {
        this.results = results;
    }

    /**
     * Judges a part that was compared.
     *
     * @param mostWall to the faster pipe
     */
    void judge(String part, double mostWall) throws IOException {
        Compared compared = of(part);
        List<Measured> own = compared.of(Report.WARM);
        List<Measured> zip = compared.of(Peer.ZIP);
        String rows = String.format(Locale.ROOT, "%,d %s: ", compared.rows(), compared.title());
        String pipe = rows + "wall, to `" + Peer.PIGZ + "`";
        results.atMost(part, pipe, mostWall, wall(own) / wall(compared.of(Peer.PIGZ)), "");
        results.atMost(part, "… CPU, to `" + Peer.ZIP + "`", 0.8, cpu(own) / cpu(zip), "");
        if (compared.runs().containsKey(Peer.SPRING_BATCH)) {
            String batch = "… wall, to " + Peer.SPRING_BATCH;
            results.atMost(part, batch, 0.5, wall(own) / wall(compared.of(Peer.SPRING_BATCH)), "");
        }
        double size = Measured.median(own, Measured::bytes) / Measured.median(zip, Measured::bytes);
        results.atMost(part, "… size, to `" + Peer.ZIP + "`", 1.06, size, "");
    }

    /** Judges what many rows take, beside fewer of an earlier part. */
    void judgeMany(String part, String fewer) throws IOException {
        Compared many = of(part);
        List<Measured> own = many.of(Report.WARM);
        String rows = String.format(Locale.ROOT, "… rows a CPU second, deflated, of %,d", many.rows());
        results.atLeast(part, rows, 550_000, many.rows() / cpu(own), "");
        Compared few = results.compared().get(fewer);
        if (few != null) {
            double factor = many.rows() / (double) few.rows();
            String times = String.format(Locale.ROOT, "… wall, to that of %,d rows", few.rows());
            results.atMost(part, times, 1.05 * factor, wall(own) / wall(few.of(Report.WARM)), "");
        }
    }

    private Compared of(String part) {
        return Objects.requireNonNull(results.compared().get(part), part);
    }

    private static double wall(List<Measured> runs) {
        return Measured.median(runs, Measured::wall);
    }

    private static double cpu(List<Measured> runs) {
        return Measured.median(runs, Measured::cpu);
    }
}
