package io.lambdascope.benchmarks.dashboards;

import io.lambdascope.benchmarks.Recording;
import io.lambdascope.labels.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// What a small team's Prometheus holds of six hours, scraped every 15 s: 10,000 series of 50 instances of ten services
/// and of 20 machines. Counters that rise by what came in since, with a restart now and then; gauges that wander;
/// classic histograms; infos that never change.
///
/// Each target is scraped at a moment of its own, late by up to 40 ms, and never on a multiple of five seconds: what
/// lies on the edge of a range belongs to it in one version of Prometheus and not in another.
final class DashboardData {
    /// A whole day, so that blocks of two hours begin with it.
    static final long START_MILLIS = 1_795_132_800_000L;

    static final int HOURS = 6;

    private static final int BLOCK_HOURS = 2;
    private static final int STEP_MILLIS = 15_000;
    private static final int SCRAPES = HOURS * 3_600_000 / STEP_MILLIS;
    private static final int SLOT_MILLIS = 5000;
    private static final int JITTER_MILLIS = 40;

    private static final int SERVICES = 10;
    private static final int INSTANCES = 5;
    private static final int MACHINES = 20;
    private static final int CORES = 8;

    private static final List<String> PATHS =
            List.of("/", "/login", "/cart", "/pay", "/search", "/item", "/user", "/api/a", "/api/b", "/static");
    private static final List<String> CODES = List.of("200", "404", "500");
    private static final List<String> BOUNDS =
            List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf");
    private static final List<String> MODES =
            List.of("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user");
    private static final List<String> MOUNTS = List.of("/", "/boot", "/data", "/var");
    private static final List<String> DEVICES = List.of("eth0", "eth1", "lo");

    private final SplittableRandom random = new SplittableRandom(6);
    private final List<Recording.Series> series = new ArrayList<>();
    private long[] times = new long[0];
    private String[] target = new String[0];

    private DashboardData() {}

    static Recording make() {
        DashboardData data = new DashboardData();
        for (int service = 0; service < SERVICES; service++) {
            for (int instance = 0; instance < INSTANCES; instance++) {
                data.service("svc-%02d".formatted(service), "10.0.%d.%d:8080".formatted(service, instance));
            }
        }
        for (int machine = 0; machine < MACHINES; machine++) {
            data.machine("10.1.0.%d:9100".formatted(machine), "node-%02d".formatted(machine));
        }
        data.series.sort(Comparator.comparing(Recording.Series::labels));
        return new Recording(data.series);
    }

    /// The data in parts as blocks of level 1 hold it.
    static List<Recording> cut(Recording data) {
        List<Recording> parts = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour += BLOCK_HOURS) {
            long from = START_MILLIS + Duration.ofHours(hour).toMillis();
            parts.add(data.between(from, from + Duration.ofHours(BLOCK_HOURS).toMillis()));
        }
        return parts;
    }

    private void target(String job, String instance) {
        target = new String[] {"instance", instance, "job", job};
        times = new long[SCRAPES];
        int phase = random.nextInt(STEP_MILLIS / SLOT_MILLIS) * SLOT_MILLIS
                + random.nextInt(1, SLOT_MILLIS - JITTER_MILLIS);
        for (int i = 0; i < SCRAPES; i++) {
            times[i] = START_MILLIS + (long) i * STEP_MILLIS + phase + random.nextInt(JITTER_MILLIS);
        }
        add(constant(1), "up");
        add(gauge(0.2, 0.05, 3), "scrape_duration_seconds");
    }

    private void service(String job, String instance) {
        target(job, instance);
        double busy = Math.pow(10, random.nextDouble(0, 2.5));
        for (String path : PATHS) {
            for (String code : CODES) {
                double share = code.equals("200") ? 1 : code.equals("404") ? 0.02 : 0.005;
                add(
                        counter(busy * share * random.nextDouble(0.1, 2)),
                        "http_requests_total",
                        "path",
                        path,
                        "code",
                        code);
            }
        }
        for (String path : PATHS.subList(0, 6)) {
            histogram("http_request_duration_seconds", busy, "path", path);
        }
        for (String pool : List.of("eden", "old", "survivor", "metaspace", "code")) {
            add(bytes(2e8), "jvm_memory_used_bytes", "pool", pool);
            add(constant(1 << 30), "jvm_memory_max_bytes", "pool", pool);
        }
        for (String state : List.of("runnable", "blocked", "waiting", "timed-waiting")) {
            add(gauge(20, 3, 0), "jvm_threads_states_threads", "state", state);
        }
        add(counter(0.3), "jvm_gc_pause_seconds_count");
        add(seconds(0.004), "jvm_gc_pause_seconds_sum");
        add(seconds(0.3), "process_cpu_seconds_total");
        add(bytes(6e8), "process_resident_memory_bytes");
        add(gauge(200, 5, 0), "process_open_fds");
        add(constant(START_MILLIS / 1000.0 - random.nextInt(1_000_000)), "process_start_time_seconds");
        add(constant(1), "build_info", "version", "1.%d".formatted(random.nextInt(3)), "revision", "a1b2c3");
    }

    /// Buckets with their count and sum.
    private void histogram(String name, double busy, String label, String value) {
        double[][] buckets = new double[BOUNDS.size()][SCRAPES];
        double[] sum = new double[SCRAPES];
        long[] total = new long[BOUNDS.size()];
        double observed = 0;
        int middle = random.nextInt(2, 7);
        // counters that begin near zero are extended to the left otherwise by Prometheus 2 than by 3
        for (int bucket = 0; bucket < total.length; bucket++) {
            total[bucket] = random.nextInt(50_000, 100_000);
        }
        for (int i = 0; i < SCRAPES; i++) {
            for (int n = events(busy * 15 / 10); n > 0; n--) {
                int bucket = Math.clamp((long) (middle + random.nextGaussian() * 1.8), 0, BOUNDS.size() - 1);
                total[bucket]++;
                observed += 0.001 * (1 << bucket);
            }
            long upTo = 0;
            for (int bucket = 0; bucket < total.length; bucket++) {
                upTo += total[bucket];
                buckets[bucket][i] = upTo;
            }
            sum[i] = Math.rint(observed * 1e6) / 1e6;
        }
        for (int bucket = 0; bucket < total.length; bucket++) {
            add(buckets[bucket], name + "_bucket", label, value, "le", BOUNDS.get(bucket));
        }
        add(buckets[total.length - 1], name + "_count", label, value);
        add(sum, name + "_sum", label, value);
    }

    private void machine(String instance, String node) {
        target("node", instance);
        add(constant(1), "node_uname_info", "nodename", node, "machine", "x86_64", "sysname", "Linux");
        for (int core = 0; core < CORES; core++) {
            for (String mode : MODES) {
                double rate = mode.equals("idle") ? 0.8 : mode.equals("user") ? 0.1 : 0.01;
                add(seconds(rate), "node_cpu_seconds_total", "cpu", Integer.toString(core), "mode", mode);
            }
        }
        for (String window : List.of("node_load1", "node_load5", "node_load15")) {
            add(gauge(2, 0.1, 2), window);
        }
        for (String mount : MOUNTS) {
            add(bytes(4e10), "node_filesystem_avail_bytes", "mountpoint", mount, "fstype", "ext4");
            add(constant(1e11), "node_filesystem_size_bytes", "mountpoint", mount, "fstype", "ext4");
            add(constant(6.5e6), "node_filesystem_files", "mountpoint", mount, "fstype", "ext4");
            add(gauge(5e6, 20, 0), "node_filesystem_files_free", "mountpoint", mount, "fstype", "ext4");
        }
        for (String device : DEVICES) {
            for (String what : List.of("receive", "transmit")) {
                add(counter(3e5), "node_network_%s_bytes_total".formatted(what), "device", device);
                add(counter(400), "node_network_%s_packets_total".formatted(what), "device", device);
                add(constant(0), "node_network_%s_errs_total".formatted(what), "device", device);
                add(constant(0), "node_network_%s_drop_total".formatted(what), "device", device);
            }
            add(constant(1500), "node_network_mtu_bytes", "device", device);
            add(constant(1), "node_network_up", "device", device);
        }
        for (String kind : List.of("MemTotal", "SwapTotal", "Hugepagesize", "VmallocTotal")) {
            add(constant(1.6e10), "node_memory_%s_bytes".formatted(kind));
        }
        for (String kind :
                List.of("MemFree", "MemAvailable", "Cached", "Buffers", "Active", "Inactive", "Slab", "Dirty")) {
            add(bytes(2e9), "node_memory_%s_bytes".formatted(kind));
        }
        for (String device : List.of("nvme0n1", "nvme1n1")) {
            for (String what : List.of("reads_completed", "writes_completed")) {
                add(counter(30), "node_disk_%s_total".formatted(what), "device", device);
            }
            for (String what : List.of("read_bytes", "written_bytes")) {
                add(counter(2e5), "node_disk_%s_total".formatted(what), "device", device);
            }
            add(seconds(0.05), "node_disk_io_time_seconds_total", "device", device);
        }
        for (String what : List.of("context_switches", "intr", "forks")) {
            add(counter(2000), "node_%s_total".formatted(what));
        }
        for (String what : List.of("pgfault", "pgmajfault", "pgpgin", "pgpgout", "pswpin", "pswpout", "oom_kill")) {
            add(counter(what.startsWith("pg") ? 500 : 0), "node_vmstat_" + what);
        }
        for (String what :
                List.of("InSegs", "OutSegs", "RetransSegs", "ActiveOpens", "PassiveOpens", "InErrs", "OutRsts")) {
            add(counter(100), "node_netstat_Tcp_" + what);
        }
        add(constant(START_MILLIS / 1000.0 - 1e6), "node_boot_time_seconds");
        add(gauge(300, 4, 0), "node_sockstat_TCP_inuse");
        add(gauge(2, 1, 0), "node_procs_running");
    }

    private void add(double[] values, String name, String... labels) {
        Labels.Builder all = new Labels.Builder().set(Labels.NAME, name);
        for (int i = 0; i < target.length; i += 2) {
            all.set(target[i], target[i + 1]);
        }
        for (int i = 0; i < labels.length; i += 2) {
            all.set(labels[i], labels[i + 1]);
        }
        series.add(new Recording.Series(all.build(), times, values));
    }

    private static double[] constant(double value) {
        double[] values = new double[SCRAPES];
        java.util.Arrays.fill(values, value);
        return values;
    }

    /// How many of `expected` events there are.
    private int events(double expected) {
        return (int) Math.max(0, Math.rint(expected + random.nextGaussian() * Math.sqrt(expected)));
    }

    private double[] counter(double perSecond) {
        return rising(_ -> Math.max(0, Math.rint(perSecond * 15 + random.nextGaussian() * Math.sqrt(perSecond * 15))));
    }

    private double[] seconds(double perSecond) {
        return rising(_ -> Math.rint(perSecond * 15 * random.nextDouble(0.8, 1.2) * 100) / 100);
    }

    private double[] rising(DoubleUnaryOperator more) {
        double[] values = new double[SCRAPES];
        double value = random.nextInt(50_000, 100_000);
        boolean restarts = random.nextInt(20) == 0;
        for (int i = 0; i < SCRAPES; i++) {
            value = restarts && random.nextInt(SCRAPES) == 0 ? 0 : value + more.applyAsDouble(value);
            values[i] = Math.rint(value * 100) / 100;
        }
        return values;
    }

    private double[] gauge(double around, double wander, int decimals) {
        double[] values = new double[SCRAPES];
        double power = Math.pow(10, decimals);
        double value = around * random.nextDouble(0.5, 1.5);
        for (int i = 0; i < SCRAPES; i++) {
            value = Math.max(0, value + random.nextGaussian() * wander + (around - value) * 0.01);
            values[i] = Math.rint(value * power) / power;
        }
        return values;
    }

    private double[] bytes(double around) {
        double[] values = gauge(around / 4096, around / 4096 / 100, 0);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 4096;
        }
        return values;
    }
}
