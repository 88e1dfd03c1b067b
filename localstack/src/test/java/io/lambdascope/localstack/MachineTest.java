package io.lambdascope.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.aws.LocalAccount;
import io.lambdascope.labels.Labels;
import io.lambdascope.localstack.clients.PushingClient;
import io.lambdascope.localstack.emulators.SharedEmulators;
import io.lambdascope.localstack.host.lambda.InvokeOutcome;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The packaged functions over the emulators, from a push to an answer.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MachineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String STAGE = "prod";

    @TempDir
    static Path dataDir;

    private static Machine machine;
    private static MachineClient client;

    @BeforeAll
    static void start() throws IOException {
        SharedEmulators.close();
        MachineSettings settings = MachineSettings.forTests(Path.of(".."), dataDir)
                .withStages(Set.of(STAGE))
                .withEnvironment(Map.of("HEAD_MAX_AGE_SECONDS", "0", "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1"));
        machine = Machine.start(
                settings, new Progress(new PrintStream(OutputStream.nullOutputStream()), dataDir.resolve("logs")));
        client = new MachineClient(machine.endpoint().toString());
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        machine.close();
    }

    @Test
    @Order(1)
    void isReady() throws Exception {
        HttpResponse<String> ready = client.get("/ready", "anybody");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ready\n");
        assertThat(client.get("/nothing", "anybody").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void whatIsPushedIsRead() throws Exception {
        SortedMap<Long, Double> sent = push(client, "reader", 20);
        awaitSamples(client, "reader", sent);
        assertThat(samples(client, "nobody"))
                .as("tenants do not see each other")
                .isEmpty();
    }

    @Test
    @Order(2)
    void everyPathWorksBehindAStage() throws Exception {
        try (MachineClient staged = new MachineClient(machine.endpoint() + "/" + STAGE)) {
            SortedMap<Long, Double> sent = push(staged, "staged", 1);
            awaitSamples(staged, "staged", sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void whatARealClientPushesIsAskedBack(PushingClient pushing) throws Exception {
        try (Closeable _ = pushing.start(machine.endpoint().toString())) {
            for (Map.Entry<String, List<String>> one : pushing.answers().entrySet()) {
                await(one.getKey(), () -> ask(pushing.tenant(), one.getKey()), one.getValue());
            }
        }
    }

    @Test
    @Order(2)
    void compactionChangesNoAnswer() throws Exception {
        SortedMap<Long, Double> sent = push(client, "compacted", 20);
        awaitSamples(client, "compacted", sent);
        InvokeOutcome outcome = machine.functions().invoke("compact", SampleEvents.of("compact"), PATIENCE, PATIENCE);
        assertThat(outcome).isInstanceOf(InvokeOutcome.Answered.class);
        assertThat(blocks()).as("blocks in the bucket").isNotEmpty();
        assertThat(samples(client, "compacted")).isEqualTo(sent);
    }

    @Test
    @Order(2)
    void aPushWhoseProcessIsKilledIsPushedAgainAndReadOnce() throws Exception {
        try (ExecutorService pushing = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SortedMap<Long, Double>> pushed = pushing.submit(() -> push(client, "killed", 60));
            int killed = 0;
            while (!pushed.isDone() && killed < 3) {
                List<Long> pids = machine.functions().pids("push");
                if (!pids.isEmpty()) {
                    ProcessHandle.of(pids.getFirst()).ifPresent(ProcessHandle::destroyForcibly);
                    killed++;
                }
            }
            awaitSamples(client, "killed", pushed.get());
        }
    }

    @Test
    @Order(2)
    void whatNobodyShouldSendIsAnsweredAndHarmsNobody() throws Exception {
        String base = machine.endpoint().toString();
        SoftAssertions answers = new SoftAssertions();
        List<BadRequest> requests = new ArrayList<>(BadRequest.all(CLOCK.instant()));
        requests.addAll(BadRequest.harmless(CLOCK.instant()));
        for (BadRequest request : requests) {
            HttpResponse<String> answer = client.send(request.to(base, "careless"));
            answers.assertThat(answer.statusCode())
                    .as("%s: %s", request, answer.body())
                    .isEqualTo(request.status());
            answers.assertThat(answer.body()).as(request.what()).contains(request.text());
        }
        answers.assertAll();
        assertThat(samples(client, "careless")).as("nothing of it is stored").isEmpty();
        SortedMap<Long, Double> sent = push(client, "careless", 3);
        awaitSamples(client, "careless", sent);
    }

    @Test
    @Order(2)
    void messagesThatCannotBeReadEndInTheDeadLettersAndHoldUpNobody() throws Exception {
        machine.clients()
                .sqs()
                .sendMessage(message -> message.queueUrl(machine.queueUrl()).messageBody("no segment"));
        SortedMap<Long, Double> sent = push(client, "beside", 5);
        awaitSamples(client, "beside", sent);
        String dead = machine.clients()
                .sqs()
                .getQueueUrl(queue -> queue.queueName(LocalAccount.deadLettersOf(DeployedFunctions.QUEUE)))
                .queueUrl();
        await("dead letter", () -> lettersIn(dead), "1");
        assertThat(lettersIn(machine.queueUrl())).isEqualTo("0");
    }

    /// Stops the machine that the others use, so it is the last.
    @Test
    @Order(3)
    void aSecondStartFindsEverything() throws Exception {
        SortedMap<Long, Double> sent = push(client, "kept", 10);
        awaitSamples(client, "kept", sent);
        Map<String, SortedMap<Long, Double>> before = new TreeMap<>();
        for (String tenant : List.of("kept", "compacted", "reader")) {
            before.put(tenant, samples(client, tenant));
        }
        stop();
        start();
        for (String tenant : before.keySet()) {
            assertThat(samples(client, tenant)).as(tenant).isEqualTo(before.get(tenant));
        }
    }

    /// Pushes samples one by one, each until it is acknowledged.
    private static SortedMap<Long, Double> push(MachineClient to, String tenant, int count) throws Exception {
        SortedMap<Long, Double> sent = new TreeMap<>();
        long start = CLOCK.millis() - count * 10L;
        for (int i = 0; i < count; i++) {
            long time = start + i * 10L;
            double value = i;
            await(
                    "acknowledgement",
                    () -> to.push(tenant, MachineClient.sample(Labels.of("__name__", "m", "t", tenant), time, value)),
                    204);
            sent.put(time, value);
        }
        return sent;
    }

    private static List<String> ask(String tenant, String question) throws IOException, InterruptedException {
        return question.startsWith("exemplars ")
                ? client.exemplars(tenant, question.substring("exemplars ".length()), CLOCK.millis())
                : client.vector(tenant, question, CLOCK.millis());
    }

    private static void awaitSamples(MachineClient from, String tenant, SortedMap<Long, Double> expected)
            throws Exception {
        await("samples of " + tenant, () -> samples(from, tenant), expected);
    }

    private static SortedMap<Long, Double> samples(MachineClient from, String tenant)
            throws IOException, InterruptedException {
        Map<String, SortedMap<Long, Double>> series = from.samples(tenant, "m[1h]", CLOCK.millis());
        assertThat(series).hasSizeLessThanOrEqualTo(1);
        return series.isEmpty() ? new TreeMap<>() : series.values().iterator().next();
    }

    private static <T> void await(String what, Callable<T> question, T wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = question.call();
        while (!answer.equals(wanted) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = question.call();
        }
        assertThat(answer).as(what).isEqualTo(wanted);
    }

    private static String lettersIn(String queueUrl) {
        Map<QueueAttributeName, String> attributes = machine.clients()
                .sqs()
                .getQueueAttributes(queue -> queue.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                .attributes();
        return Integer.toString(count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                + count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private static int count(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Integer.parseInt(attributes.getOrDefault(name, "0"));
    }

    private static List<String> blocks() {
        return machine.clients().s3().listObjectsV2(list -> list.bucket(DeployedFunctions.BUCKET)).contents().stream()
                .map(object -> object.key())
                .filter(key -> key.endsWith(".parquet"))
                .toList();
    }
}
