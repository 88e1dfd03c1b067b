package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.result.PromResult;
import io.lambdascope.testkit.promql.fuzz.FuzzCheck.Verdict;
import io.lambdascope.testkit.promql.fuzz.Outcome.Answer;
import io.lambdascope.testkit.promql.fuzz.Outcome.Broken;
import io.lambdascope.testkit.promql.fuzz.Outcome.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Asks random questions for as long as it is told to, and says what went wrong with a line that asks it again.
public final class FuzzRun {
    private static final int CASES = 60;
    private static final int TEXTS = 200;
    private static final int MOST_FAILURES = 40;
    private static final String ANSWERED = "answered";

    private final PrintStream out;
    private final Watch watch;
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private final WordsUsed words = new WordsUsed();
    private int asked;
    private int texts;
    private int failures;

    private FuzzRun(PrintStream out) {
        this.out = out;
        this.watch = new Watch(out);
    }

    /// @param seed what everything follows from
    /// @return whether nothing went wrong
    public static boolean run(long seed, Duration time, PrintStream out) throws IOException {
        FuzzRun run = new FuzzRun(out);
        Path scratch = Files.createTempDirectory("fuzz");
        try {
            out.printf("seed %d%n", seed);
            long end = System.nanoTime() + time.toNanos();
            SplittableRandom seeds = new SplittableRandom(seed);
            while (System.nanoTime() < end && run.failures < MOST_FAILURES) {
                run.round(seeds.nextLong(), scratch);
            }
            run.report();
            return run.failures == 0;
        } finally {
            delete(scratch);
        }
    }

    /// Asks one question again.
    ///
    /// @return whether nothing went wrong
    public static boolean again(FuzzCase asked, PrintStream out) throws IOException {
        Path scratch = Files.createTempDirectory("fuzz");
        try {
            Verdict verdict = FuzzCheck.check(asked, new FuzzWorld(asked.seed(), scratch));
            out.println(verdict.failure().orElse("as it should be: " + verdict.outcome()));
            return verdict.failure().isEmpty();
        } finally {
            delete(scratch);
        }
    }

    private void round(long seed, Path scratch) {
        FuzzWorld world = new FuzzWorld(seed, scratch);
        FuzzCases cases = new FuzzCases(new SplittableRandom(seed + 1), world.spanMillis());
        for (int i = 0; i < CASES; i++) {
            FuzzCase next = cases.next(seed);
            watch.begin(next.line());
            Verdict verdict = FuzzCheck.check(next, world);
            watch.end();
            asked++;
            count(next, verdict.outcome());
            verdict.failure().ifPresent(failure -> failed(next, world, failure));
        }
        HostileText hostile = new HostileText(new SplittableRandom(seed + 2), cases);
        for (int i = 0; i < TEXTS; i++) {
            String text = hostile.next();
            FuzzCase next = cases.next(seed).withText(text);
            watch.begin(next.line());
            Outcome outcome = world.text(next);
            watch.end();
            texts++;
            if (outcome instanceof Broken broken) {
                failures++;
                out.printf("%n%s%n  %s%n", next.line(), broken);
            }
        }
    }

    private void count(FuzzCase of, Outcome outcome) {
        String kind = switch (outcome) {
            case Answer(PromResult.Vector vector) -> vector.samples().isEmpty() ? "nothing" : ANSWERED;
            case Answer(PromResult.Matrix matrix) -> matrix.series().isEmpty() ? "nothing" : ANSWERED;
            case Answer _ -> ANSWERED;
            case Refused refused -> refused.fault().kind().toString();
            case Broken _ -> "broken";
        };
        outcomes.merge(kind, 1, Integer::sum);
        if (kind.equals(ANSWERED)) {
            words.note(CheckedQuery.of(of.text()).expr());
        }
    }

    private void failed(FuzzCase failing, FuzzWorld world, String failure) {
        failures++;
        FuzzCase smallest = Shrinker.shrink(
                failing,
                candidate -> FuzzCheck.check(candidate, world).failure().isPresent());
        String reason = FuzzCheck.check(smallest, world).failure().orElse(failure);
        out.printf("%n%s%n  %s%n", smallest.line(), reason.length() > 3000 ? reason.substring(0, 3000) + " …" : reason);
    }

    private void report() {
        out.printf("%n%d queries asked in every way:%n", asked);
        outcomes.forEach((kind, count) -> out.printf("%8d %s%n", count, kind));
        out.printf("in none that was answered: %s%n", words.missing());
        out.printf("%d hostile texts%n%d failures%n", texts, failures);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
