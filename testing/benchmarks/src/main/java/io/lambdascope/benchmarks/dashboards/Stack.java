package io.lambdascope.benchmarks.dashboards;

import io.lambdascope.aws.Backoff;
import io.lambdascope.aws.DynamoTable;
import io.lambdascope.aws.S3ObjectStore;
import io.lambdascope.benchmarks.Recording;
import io.lambdascope.benchmarks.RecordingBlock;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogChange;
import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.CommitOutcome;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.limits.Tenant;
import io.lambdascope.localstack.Machine;
import io.lambdascope.localstack.MachineSettings;
import io.lambdascope.localstack.Progress;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.UlidIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Ours: the packaged functions on one machine, over blocks of level 1.
final class Stack implements Contender {
    private static final Tenant TENANT = new Tenant("anonymous");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Machine machine;
    private final Http http;

    private Stack(Machine machine, Http http) {
        this.machine = machine;
        this.http = http;
    }

    /// @param scratch an existing directory
    static Stack start(Path scratch, Recording data, Http http) throws IOException {
        Path dataDir = scratch.resolve("stack");
        Machine machine = Machine.start(
                MachineSettings.forTests(Path.of("."), dataDir), new Progress(System.err, dataDir.resolve("logs")));
        Stack stack = new Stack(machine, http);
        stack.load(data);
        return stack;
    }

    /// Writes the blocks that compaction makes of what was pushed, and commits them.
    private void load(Recording data) throws IOException {
        InstantSource clock = InstantSource.system();
        SplittableRandom random = new SplittableRandom();
        Ids ids = new UlidIds(clock, random);
        ObjectStore objects = new S3ObjectStore(machine.clients().s3(), Machine.BUCKET);
        DynamoTable table =
                new DynamoTable(machine.clients().dynamo(), Machine.CATALOG_TABLE, ids, Backoff.standard(random));
        new TenantRegistry(table, clock).ensure(TENANT, Signal.METRICS);
        List<Unit> blocks = new ArrayList<>();
        for (Recording part : DashboardData.cut(data)) {
            String id = ids.next();
            blocks.add(RecordingBlock.write(
                    part,
                    MetricsBlockSettings.DEFAULTS,
                    objects,
                    TENANT,
                    id,
                    CatalogKeys.blockPrefix(TENANT, Signal.METRICS, 1, id)));
        }
        Catalog catalog = new Catalog(table, clock);
        CatalogState state = catalog.state(TENANT, Signal.METRICS).orElseThrow();
        if (!(catalog.commit(state, new CatalogChange().add(blocks)) instanceof CommitOutcome.Committed)) {
            throw new IOException("the blocks could not be committed");
        }
        System.err.printf(
                "blocks of level 1: %d of %.1f MB together%n",
                blocks.size(), blocks.stream().mapToLong(Unit::bytes).sum() / 1e6);
    }

    @Override
    public String name() {
        return "Lambdascope";
    }

    @Override
    public URI api() {
        return URI.create(machine.endpoint() + "/prometheus/api/v1/");
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        machine.functions().recycle(Machine.QUERY_FUNCTION);
        http.awaitAnswer(api().resolve("status/buildinfo"), PATIENCE);
    }

    @Override
    public void close() throws IOException {
        machine.close();
    }
}
