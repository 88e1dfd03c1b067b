package io.lambdascope.localstack;

import io.lambdascope.localstack.emulators.EmulatorEndpoints;
import io.lambdascope.localstack.host.lambda.FunctionArtifact;
import io.lambdascope.localstack.host.lambda.FunctionSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The functions of the account, configured as a deployment configures them.
final class DeployedFunctions {
    static final String PUSH = "push";
    static final String HEAD = "head";
    static final String COMPACT = "compact";
    static final String QUERY = "query";
    static final String SCAN = "scan";

    static final String BUCKET = "lambdascope";
    static final String HEAD_TABLE = "lambdascope-head";
    static final String CATALOG_TABLE = "lambdascope-catalog";
    static final String QUEUE = "lambdascope-ingest";

    private static final int INGEST_MB = 512;
    private static final int QUERY_MB = 1769;
    private static final int COMPACT_MB = 2048;

    /// One machine has few cores.
    private static final int SCANS = 2;

    /// Starts fast and peaks lower: right for short work, not for scans and merges.
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    private final MachineSettings settings;
    private final Map<String, String> environment;

    DeployedFunctions(MachineSettings settings, EmulatorEndpoints endpoints, URI lambda, String queueUrl) {
        this.settings = settings;
        this.environment = Map.ofEntries(
                Map.entry("AWS_REGION", Machine.REGION),
                Map.entry("AWS_ACCESS_KEY_ID", "local"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("AWS_ENDPOINT_URL_S3", endpoints.s3().toString()),
                Map.entry("AWS_ENDPOINT_URL_DYNAMODB", endpoints.dynamo().toString()),
                Map.entry("AWS_ENDPOINT_URL_SQS", endpoints.sqs().toString()),
                Map.entry("AWS_ENDPOINT_URL_LAMBDA", lambda.toString()),
                Map.entry("BUCKET", BUCKET),
                Map.entry("HEAD_TABLE", HEAD_TABLE),
                Map.entry("CATALOG_TABLE", CATALOG_TABLE),
                Map.entry("QUEUE_URL", queueUrl),
                Map.entry("SCAN_FUNCTION", SCAN),
                Map.entry("SCAN_CONCURRENCY", Integer.toString(SCANS)),
                Map.entry("TENANT_HEADER", "trusted"));
    }

    List<FunctionSettings> all() throws IOException {
        FunctionArtifact ingest = artifact("ingest-fn");
        FunctionArtifact compact = artifact("compact-fn");
        FunctionArtifact query = artifact("query-fn");
        return List.of(
                function(PUSH, ingest, INGEST_MB, Duration.ofSeconds(30), 3, QUICK_START),
                function(HEAD, ingest, INGEST_MB, Duration.ofSeconds(30), 1, QUICK_START),
                function(COMPACT, compact, COMPACT_MB, Duration.ofMinutes(15), 1, List.of()),
                function(QUERY, query, QUERY_MB, Duration.ofSeconds(30), 3, List.of()),
                function(SCAN, query, QUERY_MB, Duration.ofSeconds(30), SCANS, List.of()));
    }

    private FunctionArtifact artifact(String module) throws IOException {
        return FunctionArtifact.ofModule(
                settings.projectDir().resolve("functions").resolve(module));
    }

    private FunctionSettings function(
            String name,
            FunctionArtifact artifact,
            int memoryMb,
            Duration timeout,
            int maxInstances,
            List<String> jvmFlags) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("QUARKUS_LAMBDA_HANDLER", name);
        variables.putAll(settings.environment());
        return new FunctionSettings(name, artifact, memoryMb, timeout, maxInstances, jvmFlags, variables);
    }
}
