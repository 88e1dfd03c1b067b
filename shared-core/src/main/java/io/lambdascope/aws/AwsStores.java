package io.lambdascope.aws;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.StoredLimits;
import io.lambdascope.store.Table;
import io.lambdascope.store.UlidIds;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stores of one account, opened by the names that a deployment gives its functions in their environment:
/// `BUCKET`, `HEAD_TABLE`, `CATALOG_TABLE`, and for those that need them `QUEUE_URL` and `SCAN_FUNCTION`.
public final class AwsStores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsStores.class);

    private static final Tenant WARM_UP = new Tenant("warm-up");

    private final Map<String, String> environment;
    private final AwsClients clients;
    private final Backoff backoff;
    private final Ids ids;
    private final ObjectStore objects;
    private final Table catalogTable;
    private final HeadStore head;
    private final Catalog catalog;
    private final TenantRegistry registry;
    private final StoredLimits limits;

    private AwsStores(
            Map<String, String> environment, AwsClients clients, InstantSource clock, RandomGenerator random) {
        this.environment = environment;
        this.clients = clients;
        this.backoff = Backoff.standard(random);
        this.ids = new UlidIds(clock, random);
        this.objects = new S3ObjectStore(clients.s3(), required("BUCKET"));
        Table headTable = new DynamoTable(clients.dynamo(), required("HEAD_TABLE"), ids, backoff);
        this.catalogTable = new DynamoTable(clients.dynamo(), required("CATALOG_TABLE"), ids, backoff);
        this.registry = new TenantRegistry(catalogTable, clock);
        this.head = new HeadStore(headTable, objects, registry, ids, clock, HeadSettings.DEFAULTS);
        this.catalog = new Catalog(catalogTable, clock);
        this.limits = new StoredLimits(objects, clock);
    }

    /// Asks nobody yet.
    ///
    /// @throws Fault INTERNAL that names the variable which is missing
    public static AwsStores open(Map<String, String> environment, InstantSource clock, RandomGenerator random) {
        AwsClients clients = AwsClients.create(AwsSettings.of(environment));
        return new AwsStores(Map.copyOf(environment), clients, clock, random);
    }

    private String required(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new Fault(FaultKind.INTERNAL, "%s is not set in the function's environment".formatted(variable));
        }
        return value;
    }

    public ObjectStore objects() {
        return objects;
    }

    public HeadStore head() {
        return head;
    }

    /// The table that the catalog is in, and whatever else all instances share.
    public Table catalogTable() {
        return catalogTable;
    }

    public Catalog catalog() {
        return catalog;
    }

    public TenantRegistry registry() {
        return registry;
    }

    public TenantLimitsSource limits() {
        return limits;
    }

    public Ids ids() {
        return ids;
    }

    /// The queue between pushes and the head.
    public MessageQueue queue() {
        return new SqsQueue(clients.sqs(), required("QUEUE_URL"));
    }

    /// What runs pieces of a plan in the scan function.
    public LambdaScanInvoker scans() {
        return new LambdaScanInvoker(clients.lambda(), required("SCAN_FUNCTION"));
    }

    /// Reads the limits of tenants, and asks every other service for something that is not there, so that the first
    /// request finds the SDK's classes loaded and its connections open. A service that does not answer is none of
    /// the start's business.
    public void warmUp() {
        List<Runnable> questions =
                List.of(() -> catalogTable.get(new Table.Key("warm-up", "warm-up")), () -> limits.of(WARM_UP));
        for (Runnable question : questions) {
            try {
                question.run();
            } catch (Fault e) {
                LOG.debug("warm-up: {}", e.text());
            }
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
