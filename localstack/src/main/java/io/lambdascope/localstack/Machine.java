package io.lambdascope.localstack;

import io.lambdascope.api.Routes;
import io.lambdascope.aws.AwsClients;
import io.lambdascope.aws.AwsSettings;
import io.lambdascope.aws.LocalAccount;
import io.lambdascope.localstack.emulators.EmulatorEndpoints;
import io.lambdascope.localstack.emulators.EmulatorSettings;
import io.lambdascope.localstack.emulators.Emulators;
import io.lambdascope.localstack.host.events.QueueSource;
import io.lambdascope.localstack.host.events.QueueSourceSettings;
import io.lambdascope.localstack.host.events.Schedule;
import io.lambdascope.localstack.host.gateway.Gateway;
import io.lambdascope.localstack.host.gateway.GatewaySettings;
import io.lambdascope.localstack.host.gateway.RouteTable;
import io.lambdascope.localstack.host.lambda.LambdaHost;
import io.lambdascope.localstack.host.lambda.LambdaLimits;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The whole account on one machine: emulators of S3, DynamoDB and SQS with their data on disk, and the packaged
/// functions behind what plays API Gateway, Lambda, the event source and the schedule.
public final class Machine implements Closeable {
    static final String REGION = "us-east-1";

    /// Where blocks lie, and the table that says which count.
    public static final String BUCKET = DeployedFunctions.BUCKET;

    public static final String CATALOG_TABLE = DeployedFunctions.CATALOG_TABLE;

    /// The function that answers queries, as [LambdaHost] knows it.
    public static final String QUERY_FUNCTION = DeployedFunctions.QUERY;

    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final int BATCH_SIZE = 1000;

    /// What is to be closed, the last started first.
    private final Deque<Closeable> running = new ArrayDeque<>();

    private final AwsClients clients;
    private final LambdaHost functions;
    private final Gateway gateway;
    private final String queueUrl;

    /*
     * The host of the functions listens before it knows them, since they are told where it listens.
     */
    private Machine(MachineSettings settings, Progress progress) throws IOException {
        boolean started = false;
        try {
            lock(settings);
            Emulators emulators = opened(Emulators.start(EmulatorSettings.anyPorts(settings.dataDir())));
            EmulatorEndpoints endpoints = emulators.endpoints();
            progress.done("S3, DynamoDB and SQS are there");
            this.functions = opened(LambdaHost.open(settings.dataDir(), LambdaLimits.DEFAULTS, progress));
            this.clients = AwsClients.createLocal(
                    new AwsSettings(REGION, endpoints.s3(), endpoints.dynamo(), endpoints.sqs(), functions.endpoint()));
            opened(clients::close);
            this.queueUrl = makeResources(settings);
            progress.done("bucket, tables and queue are there");
            functions.deploy(new DeployedFunctions(settings, endpoints, functions.endpoint(), queueUrl).all());
            this.gateway = opened(Gateway.start(
                    new GatewaySettings(
                            settings.host(), settings.port(), settings.stages(), GatewaySettings.DEFAULT_TIMEOUT),
                    routes(),
                    functions,
                    progress::complain));
            opened(QueueSource.start(
                    new QueueSourceSettings(
                            queueUrl,
                            "arn:aws:sqs:%s:000000000000:%s".formatted(REGION, DeployedFunctions.QUEUE),
                            DeployedFunctions.HEAD,
                            BATCH_SIZE,
                            WINDOW),
                    clients.sqs(),
                    functions,
                    progress::complain));
            opened(Schedule.start(DeployedFunctions.COMPACT, settings.compactEvery(), functions));
            progress.done("gateway, event source and schedule are there");
            if (settings.useCaches()) {
                opened(CacheTrainer.start(functions, progress));
            }
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /// Starts everything and returns when requests are answered.
    ///
    /// @throws java.net.BindException if the gateway's port is taken
    /// @throws IOException if the functions are not packaged, or something does not start; nothing runs then
    public static Machine start(MachineSettings settings, Progress progress) throws IOException {
        return new Machine(settings, progress);
    }

    private <T extends Closeable> T opened(T part) {
        running.push(part);
        return part;
    }

    /// Two machines over one directory would tear its data apart.
    private void lock(MachineSettings settings) throws IOException {
        Files.createDirectories(settings.dataDir());
        FileChannel channel = opened(FileChannel.open(
                settings.dataDir().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        if (channel.tryLock() == null) {
            throw new IOException("another machine runs over %s: stop it, or set DATA_DIR to another directory"
                    .formatted(settings.dataDir()));
        }
    }

    private String makeResources(MachineSettings settings) {
        LocalAccount.ensureBucket(clients.s3(), DeployedFunctions.BUCKET);
        LocalAccount.ensureTable(clients.dynamo(), DeployedFunctions.HEAD_TABLE);
        LocalAccount.ensureTable(clients.dynamo(), DeployedFunctions.CATALOG_TABLE);
        return LocalAccount.ensureQueue(
                clients.sqs(),
                DeployedFunctions.QUEUE,
                Math.toIntExact(settings.queueVisibility().toSeconds()),
                settings.maxReceiveCount());
    }

    private static RouteTable routes() {
        List<RouteTable.Route> routes = new ArrayList<>();
        for (Routes.Route route : Routes.ALL) {
            routes.add(new RouteTable.Route(route.method(), route.path(), name(route.function())));
        }
        for (String path : Routes.UNMATCHED) {
            routes.add(new RouteTable.Route("ANY", path, name(Routes.Function.QUERY)));
        }
        return new RouteTable(routes);
    }

    private static String name(Routes.Function function) {
        return switch (function) {
            case INGEST -> DeployedFunctions.PUSH;
            case QUERY -> DeployedFunctions.QUERY;
        };
    }

    /// The base URL of the gateway, without a slash at its end.
    public URI endpoint() {
        return gateway.endpoint();
    }

    /// Clients of the emulated services, and of the functions.
    public AwsClients clients() {
        return clients;
    }

    public LambdaHost functions() {
        return functions;
    }

    public String queueUrl() {
        return queueUrl;
    }

    /// Stops everything; what was acknowledged is on disk. Calling it twice does nothing.
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
