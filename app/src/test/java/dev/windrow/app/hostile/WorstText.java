package dev.windrow.app.hostile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for texts that a pattern is slow on: a beginning, a part that is repeated, and an end, all of what the pattern
 * itself names and of characters that are likely to be read differently. Short ones are changed again and again, and
 * those kept that take the most reads; the worst are then tried at {@link #LONGEST} characters and at half of that.
 */
final class WorstText {
    /** A body's limit, in characters. */
    static final int LONGEST = 64 * 1024;

    private static final int SHORT = 120;
    private static final int ROUNDS = 40;
    private static final int KEPT = 60;
    private static final int KEPT_OF_PUMP = 4;
    private static final int TRIED_LONG = 6;
    private static final long MOST_READS = 20_000_000;
    /** The launcher's threads have 512 KiB, most of which a request may have used before. */
    private static final long STACK = 256 * 1024;

    private static final int DEEP = 6 * 1024;
    private static final int ATOMS = 20;
    private static final Pattern WORD = Pattern.compile("(?<!\\\\)[A-Za-z]+");

    private final FoundPattern found;
    private final Pattern pattern;
    private final List<String> atoms;
    private final Random random;

    WorstText(FoundPattern found) {
        this.found = found;
        pattern = found.compile();
        atoms = atoms(found.regex());
        random = new Random(found.regex().hashCode());
    }

    /** A text of any length. */
    record Shape(String begin, String pump, String end) {
        String text(int length) {
            int repeated = Math.max(0, length - begin.length() - end.length()) / pump.length();
            return begin + pump.repeat(repeated) + end;
        }
    }

    private record Scored(Shape shape, long reads) {}

    /**
     * What a caller could do with the pattern; empty when every text is read in a time that grows as its length does.
     */
    Optional<String> complaint() {
        for (Reading reading : found.readings()) {
            List<Shape> worst = worst(reading);
            if (overflows(worst, reading)) {
                return Optional.of("overflows the stack");
            }
            for (Shape shape : worst.subList(0, TRIED_LONG)) {
                if (!isLinear(shape, reading)) {
                    return Optional.of(reading + " " + shape + " in more than twice the time when it is twice as long");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isLinear(Shape shape, Reading reading) {
        long half = reads(shape.text(LONGEST / 2), reading, MOST_READS);
        long most = half * 5 / 2 + 1_000;
        return half <= MOST_READS && reads(shape.text(LONGEST), reading, most) <= most;
    }

    /** How often a text is looked at; more than the most for one that has no end. */
    private long reads(String text, Reading reading, long most) {
        CountedText counted = new CountedText(text, most);
        try {
            reading.read(pattern.matcher(counted));
        } catch (CountedText.EnoughException | StackOverflowError e) {
            // The count tells of the first, overflows of the second.
        }
        return counted.reads();
    }

    private boolean overflows(List<Shape> shapes, Reading reading) {
        FutureTask<Boolean> task = new FutureTask<>(
                () -> shapes.stream().map(shape -> shape.text(DEEP)).anyMatch(text -> overflows(text, reading)));
        new Thread(null, task, "small-stack", STACK).start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean overflows(String text, Reading reading) {
        try {
            reading.read(pattern.matcher(new CountedText(text, 10L * DEEP)));
            return false;
        } catch (StackOverflowError e) {
            return true;
        } catch (CountedText.EnoughException e) {
            // Told of where it is tried at its full length.
            return false;
        }
    }

    /** The worst first. */
    private List<Shape> worst(Reading reading) {
        Set<Shape> seen = new HashSet<>();
        List<Scored> kept = new ArrayList<>();
        for (String pump : atoms) {
            score(new Shape("", pump, ""), reading, seen, kept);
            for (String other : atoms) {
                score(new Shape("", pump, other), reading, seen, kept);
                score(new Shape(other, pump, ""), reading, seen, kept);
            }
        }
        for (int i = 0; i < ROUNDS; i++) {
            kept = best(kept);
            for (Scored one : List.copyOf(kept)) {
                score(changed(one.shape()), reading, seen, kept);
            }
        }
        return best(kept).stream().map(Scored::shape).toList();
    }

    private void score(Shape shape, Reading reading, Set<Shape> seen, List<Scored> to) {
        if (seen.add(shape)) {
            to.add(new Scored(shape, reads(shape.text(SHORT), reading, MOST_READS)));
        }
    }

    /**
     * A few of each repeated part: those that take many reads by themselves do not drive out what would become worse.
     */
    private static List<Scored> best(List<Scored> scored) {
        Map<String, Integer> ofPump = new HashMap<>();
        return scored.stream()
                .sorted(Comparator.comparingLong(Scored::reads).reversed())
                .filter(one -> ofPump.merge(one.shape().pump(), 1, Integer::sum) <= KEPT_OF_PUMP)
                .limit(KEPT)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Shape changed(Shape shape) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Shape(changed(shape.begin()), shape.pump(), shape.end());
            case 2 -> new Shape(shape.begin(), shape.pump(), changed(shape.end()));
            case 3 ->
                random.nextBoolean()
                        ? new Shape(shape.begin() + shape.pump(), atom(), shape.end())
                        : new Shape("", shape.begin() + shape.pump(), shape.end());
            default -> {
                String pump = changed(shape.pump());
                yield new Shape(shape.begin(), pump.isEmpty() ? atom() : pump, shape.end());
            }
        };
    }

    /** With one atom more or one character less. */
    private String changed(String text) {
        int at = random.nextInt(text.length() + 1);
        if (random.nextInt(3) == 0 && at < text.length()) {
            return text.substring(0, at) + text.substring(at + 1);
        }
        return text.length() > SHORT / 10 ? text : text.substring(0, at) + atom() + text.substring(at);
    }

    private String atom() {
        return atoms.get(random.nextInt(atoms.size()));
    }

    private static List<String> atoms(String regex) {
        Set<String> atoms = new LinkedHashSet<>(List.of(" ", "\t", "\n", "a", "0", "\"", ",", "\u0001"));
        regex.codePoints()
                .filter(point -> point > ' ' && point < 0x7f && !Character.isLetterOrDigit(point))
                .filter(point -> "()[]?*+^|".indexOf(point) < 0)
                .mapToObj(Character::toString)
                .forEach(atoms::add);
        WORD.matcher(regex).results().map(MatchResult::group).forEach(atoms::add);
        return atoms.stream().limit(ATOMS).toList();
    }
}
