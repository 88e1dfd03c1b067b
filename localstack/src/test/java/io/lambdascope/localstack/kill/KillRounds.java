package io.lambdascope.localstack.kill;

import io.lambdascope.labels.Labels;
import io.lambdascope.localstack.MachineClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Kills the whole machine, or one of its functions, at random moments while samples are pushed, compacted and asked
/// for; then every acknowledged sample must be read exactly once. A program of its own: `testing/kill/run`.
public final class KillRounds {
    private static final String TENANT = "kill";
    private static final int SERIES = 4;
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final InstantSource CLOCK = InstantSource.system();

    private final RandomGenerator random;
    private final HostProcess host;
    private final AtomicBoolean done = new AtomicBoolean();

    private KillRounds(long seed, HostProcess host) {
        this.random = new SplittableRandom(seed);
        this.host = host;
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "50"));
        long seed = Long.parseLong(System.getenv().getOrDefault("SEED", Long.toString(CLOCK.millis())));
        Path directory = Files.createTempDirectory("lambdascope-kill-");
        System.out.printf("%d rounds, SEED=%d, in %s%n", rounds, seed, directory);
        // Compaction often and early, and merges of few blocks, so that kills meet all of it.
        HostProcess host = new HostProcess(
                directory,
                Map.of(
                        "COMPACT_EVERY_SECONDS", "3",
                        "QUEUE_VISIBILITY_SECONDS", "5",
                        "HEAD_MAX_AGE_SECONDS", "2",
                        "MAX_JOB_BLOCKS", "4",
                        "DELETE_DELAY_SECONDS", "45",
                        "COMPACT_CLAIM_SECONDS", "4"));
        host.awaitReady();
        boolean right = new KillRounds(seed, host).run(rounds);
        host.stop();
        System.out.println(right ? "every acknowledged sample is read exactly once" : "FAILED: see above");
        System.out.println("blocks written: " + blocksIn(directory));
        System.exit(right ? 0 : 1);
    }

    private boolean run(int rounds) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                MachineClient client = new MachineClient(host.base())) {
            List<Future<SortedMap<Long, Double>>> pushed = new ArrayList<>();
            for (int i = 0; i < SERIES; i++) {
                int series = i;
                pushed.add(threads.submit(() -> push(client, series)));
            }
            Future<Integer> asked = threads.submit(() -> ask(client));
            for (int round = 1; round <= rounds; round++) {
                LockSupport.parkNanos(
                        Duration.ofMillis(500 + random.nextInt(3500)).toNanos());
                System.out.printf("round %d: killed %s%n", round, kill());
            }
            done.set(true);
            boolean right = true;
            for (int series = 0; series < SERIES; series++) {
                right &= check(client, series, pushed.get(series).get());
            }
            System.out.printf("%d questions were answered meanwhile%n", asked.get());
            return right;
        }
    }

    private String kill() throws IOException, InterruptedException {
        List<ProcessHandle> functions = host.functions();
        if (functions.isEmpty() || random.nextInt(4) == 0) {
            host.killAndRestart();
            return "the whole machine";
        }
        ProcessHandle victim = functions.get(random.nextInt(functions.size()));
        String name = nameOf(victim);
        victim.destroyForcibly();
        return name;
    }

    private static String nameOf(ProcessHandle function) {
        try {
            for (String variable : Files.readString(Path.of("/proc", Long.toString(function.pid()), "environ"))
                    .split("\0")) {
                if (variable.startsWith("AWS_LAMBDA_FUNCTION_NAME=")) {
                    return variable.substring(variable.indexOf('=') + 1);
                }
            }
        } catch (IOException _) {
            return "a function that had just ended";
        }
        return "process " + function.pid();
    }

    /// Pushes samples of one series, each again and again until it is acknowledged.
    private SortedMap<Long, Double> push(MachineClient client, int series) throws InterruptedException {
        SortedMap<Long, Double> acknowledged = new TreeMap<>();
        Labels labels = Labels.of("__name__", "kill", "series", Integer.toString(series));
        long time = CLOCK.millis();
        while (!done.get()) {
            time = Math.max(time + 1, CLOCK.millis());
            double value = acknowledged.size();
            while (!accepted(client, labels, time, value)) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
            acknowledged.put(time, value);
            LockSupport.parkNanos(BETWEEN_PUSHES.toNanos());
        }
        return acknowledged;
    }

    private static boolean accepted(MachineClient client, Labels labels, long time, double value)
            throws InterruptedException {
        try {
            int status = client.push(TENANT, MachineClient.sample(labels, time, value));
            if (status / 100 == 4) {
                throw new IllegalStateException("a push was answered " + status);
            }
            return status / 100 == 2;
        } catch (IOException _) {
            return false;
        }
    }

    /// Asks all the time; answers that are errors are expected while processes die.
    private int ask(MachineClient client) throws InterruptedException {
        int answered = 0;
        while (!done.get()) {
            try {
                client.samples(TENANT, "kill[5m]", CLOCK.millis());
                answered++;
            } catch (IOException _) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        return answered;
    }

    private static boolean check(MachineClient client, int series, SortedMap<Long, Double> wanted) throws Exception {
        String selector = "kill{series=\"%d\"}[6h]".formatted(series);
        Callable<SortedMap<Long, Double>> question = () -> {
            Map<String, SortedMap<Long, Double>> found = client.samples(TENANT, selector, CLOCK.millis());
            return found.isEmpty() ? new TreeMap<>() : found.values().iterator().next();
        };
        long end = System.nanoTime() + PATIENCE.toNanos();
        SortedMap<Long, Double> read = new TreeMap<>();
        while (!read.equals(wanted) && System.nanoTime() < end) {
            try {
                read = question.call();
            } catch (IOException e) {
                System.out.println("asked again: " + e.getMessage());
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
        SortedMap<Long, Double> missing = new TreeMap<>(wanted);
        missing.keySet().removeAll(read.keySet());
        System.out.printf(
                "series %d: %d acknowledged, %d read, %d missing %s%n",
                series,
                wanted.size(),
                read.size(),
                missing.size(),
                missing.isEmpty() ? "" : "from " + missing.firstKey());
        return read.equals(wanted);
    }

    private static long blocksIn(Path directory) {
        try (Stream<Path> files = Files.walk(directory.resolve("data/s3"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
