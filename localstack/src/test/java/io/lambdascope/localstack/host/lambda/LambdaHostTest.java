package io.lambdascope.localstack.host.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.localstack.host.lambda.InvokeOutcome.Answered;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Failed;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Throttled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

class LambdaHostTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Heard HEARD = new Heard();

    @TempDir
    static Path dataDir;

    private static LambdaHost host;

    @BeforeAll
    static void start() throws IOException {
        List<FunctionSettings> functions = List.of(
                ScriptedFunctions.settings("one", Duration.ofSeconds(20), 1, Map.of("SETTING", "from settings")),
                ScriptedFunctions.settings("two", Duration.ofSeconds(20), 2, Map.of()),
                ScriptedFunctions.settings("hasty", Duration.ofSeconds(1), 1, Map.of()),
                ScriptedFunctions.settings("broken", Duration.ofSeconds(20), 1, Map.of("REFUSE_TO_START", "no way")));
        host = LambdaHost.open(dataDir, new LambdaLimits(Duration.ofSeconds(60), LONG), HEARD);
        host.deploy(functions);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void eventsComeBackAsTheFunctionAnswers() throws Exception {
        assertThat(answer("one", "größe {}")).isEqualTo("größe {}");
        assertThat(answer("one", "env SETTING")).isEqualTo("from settings");
        assertThat(answer("one", "env AWS_LAMBDA_FUNCTION_NAME")).isEqualTo("one");
        assertThat(answer("one", "env HOME")).as("nothing of ours leaks").isEqualTo("null");
        assertThat(answer("one", "memory")).isEqualTo("400");
        assertThat(Integer.parseInt(answer("one", "heap"))).isBetween(200, 240);
        assertThat(Integer.parseInt(answer("one", "deadline"))).isBetween(15_000, 20_000);
        assertThat(answer("one", "pid")).as("one process serves them all").isEqualTo(answer("one", "pid"));
    }

    @Test
    void whatAFunctionThrowsIsAFailureWithItsTypeAndText() throws Exception {
        assertThat(invoke("one", "throw")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.errorType()).isEqualTo("java.lang.IllegalStateException");
            assertThat(failed).hasToString(new String(failed.payload(), StandardCharsets.UTF_8));
            assertThat(failed.toString()).contains("thrown on demand");
        });
        assertThat(answer("one", "still here")).isEqualTo("still here");
    }

    @Test
    void aCrashFailsItsInvocationAndTheNextFindsANewProcess() throws Exception {
        String before = answer("one", "pid");
        assertThat(invoke("one", "exit")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.errorType()).isEqualTo("Runtime.ExitError");
            assertThat(failed.toString()).contains("Runtime exited with error: exit status 3");
        });
        assertThat(answer("one", "pid")).isNotEqualTo(before);
        assertThat(HEARD.lines).anyMatch(line -> line.contains("Runtime.ExitError"));
    }

    @Test
    void whatTakesTooLongIsKilled() throws Exception {
        String before = answer("hasty", "pid");
        assertThat(invoke("hasty", "hang")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.errorType()).isEqualTo("Sandbox.Timedout");
            assertThat(failed.toString()).contains("Task timed out after 1.00 seconds");
        });
        assertThat(ProcessHandle.of(Long.parseLong(before)).map(ProcessHandle::isAlive))
                .isNotEqualTo(java.util.Optional.of(true));
        assertThat(answer("hasty", "again")).isEqualTo("again");
    }

    @Test
    void whatOutgrowsItsMemoryIsKilled() throws Exception {
        assertThat(invoke("two", "grow")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.errorType()).isEqualTo("Runtime.OutOfMemory");
            assertThat(failed.toString()).contains("signal: killed");
        });
    }

    @Test
    void aFunctionThatCannotStartFailsItsCallers() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(invoke("broken", "x")).isInstanceOf(Failed.class);
        }
        assertThat(Files.readString(dataDir.resolve("logs/broken.log"))).contains("no way");
    }

    @Test
    void asManyProcessesRunAsAreAllowedAndTheRestWaits() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = callers.submit(() -> answer("two", "pid"));
            Future<String> second = callers.submit(() -> answer("two", "pid"));
            Set<String> pids = new HashSet<>(List.of(first.get(), second.get()));
            List<Future<String>> more = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                more.add(callers.submit(() -> answer("two", "wait 200")));
            }
            pids.add(answer("two", "pid"));
            for (Future<String> one : more) {
                assertThat(one.get()).isEmpty();
            }
            assertThat(pids).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(host.pids("two")).hasSizeBetween(1, 2);
    }

    @Test
    void theInvokeApiSpeaksToAnAwsSdk() throws Exception {
        try (LambdaClient client = client()) {
            InvokeResponse answered =
                    client.invoke(request -> request.functionName("one").payload(SdkBytes.fromUtf8String("hello")));
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(answered.payload().asUtf8String()).isEqualTo("hello");
            assertThat(answered.functionError()).isNull();

            InvokeResponse failed =
                    client.invoke(request -> request.functionName("one").payload(SdkBytes.fromUtf8String("throw")));
            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThat(failed.payload().asUtf8String()).contains("thrown on demand");

            InvokeResponse tooLarge =
                    client.invoke(request -> request.functionName("one").payload(SdkBytes.fromUtf8String("large")));
            assertThat(tooLarge.functionError()).isEqualTo("Unhandled");
            assertThat(tooLarge.payload().asUtf8String()).contains("Function.ResponseSizeTooLarge");

            SdkBytes huge = SdkBytes.fromByteArrayUnsafe(new byte[LambdaLimits.MAX_EVENT_BYTES + 1]);
            assertThat(statusOf(() ->
                            client.invoke(request -> request.functionName("one").payload(huge))))
                    .isEqualTo(413);
            assertThat(statusOf(() -> client.invoke(request -> request.functionName("nobody"))))
                    .isEqualTo(404);
        }
    }

    @Test
    void theInvokeApiThrottlesWhereEveryProcessIsBusy() throws Exception {
        answer("one", "started");
        try (LambdaClient client = client();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> busy = callers.submit(() -> answer("one", "wait 1500"));
            int throttled = 0;
            while (throttled == 0 && !busy.isDone()) {
                try {
                    client.invoke(request -> request.functionName("one").payload(SdkBytes.fromUtf8String("x")));
                } catch (TooManyRequestsException e) {
                    assertThat(e.statusCode()).isEqualTo(429);
                    throttled++;
                }
            }
            assertThat(throttled).isEqualTo(1);
            assertThat(host.invoke("one", new byte[] {'x'}, Duration.ZERO, LONG))
                    .isInstanceOf(Throttled.class);
            busy.get();
        }
    }

    @Test
    void nobodyElseMayPollOrAnswer() throws Exception {
        URI next = host.endpoint().resolve("/one-made-up/2018-06-01/runtime/invocation/next");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(next).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void idleProcessesEnd(@TempDir Path otherDir) throws Exception {
        LambdaLimits limits = new LambdaLimits(Duration.ofSeconds(60), Duration.ofMillis(300));
        FunctionSettings settings = ScriptedFunctions.settings("brief", Duration.ofSeconds(20), 1, Map.of());
        try (LambdaHost brief = LambdaHost.open(otherDir, limits, HEARD)) {
            brief.deploy(List.of(settings));
            brief.invoke("brief", new byte[] {'x'}, LONG, LONG);
            long end = System.nanoTime() + LONG.toNanos();
            while (!brief.pids("brief").isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(brief.pids("brief")).isEmpty();
            assertThat(otherDir.resolve("tmp")).isEmptyDirectory();
            assertThat(brief.invoke("brief", new byte[] {'x'}, LONG, LONG)).isInstanceOf(Answered.class);
        }
    }

    private static LambdaClient client() {
        return LambdaClient.builder()
                .endpointOverride(host.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private static int statusOf(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (LambdaException e) {
            return e.statusCode();
        }
    }

    @Test
    void cachesOfClassesAreMadeUsedAndDoneWithout() throws Exception {
        Path home = dataDir.resolve("cached");
        FunctionSettings settings = ScriptedFunctions.settings(
                "quick", ScriptedFunctions.jar(dataDir), Duration.ofSeconds(20), 1, Map.of());
        Heard heard = new Heard();
        try (LambdaHost cached = LambdaHost.open(home, new LambdaLimits(Duration.ofSeconds(60), LONG), heard)) {
            cached.deploy(List.of(settings));
            byte[] event = "hello".getBytes(StandardCharsets.UTF_8);
            assertThat(cached.isTrained("quick")).isFalse();
            assertThat(cached.train("quick", event)).isTrue();
            assertThat(cached.invoke("quick", event, LONG, LONG)).isInstanceOf(Answered.class);
            assertThat(heard.lines).containsExactly("quick FROM_CACHE");
        }
        try (Stream<Path> files = Files.list(home.resolve("aot"))) {
            Path cache = files.filter(file -> file.toString().endsWith(".aot"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(cache, "no cache");
        }
        try (LambdaHost again = LambdaHost.open(home, new LambdaLimits(Duration.ofSeconds(60), LONG), heard)) {
            again.deploy(List.of(settings));
            byte[] event = "hello".getBytes(StandardCharsets.UTF_8);
            assertThat(again.invoke("quick", event, LONG, LONG)).isInstanceOf(Answered.class);
            assertThat(heard.lines).containsExactly("quick FROM_CACHE", "quick CACHE_REFUSED");
        }
    }

    private static InvokeOutcome invoke(String function, String event) throws InterruptedException {
        InvokeOutcome outcome = host.invoke(function, event.getBytes(StandardCharsets.UTF_8), LONG, LONG);
        assertThat(outcome).isNotNull();
        return java.util.Objects.requireNonNull(outcome);
    }

    private static String answer(String function, String event) throws InterruptedException {
        InvokeOutcome outcome = invoke(function, event);
        assertThat(outcome).isInstanceOf(Answered.class);
        return new String(((Answered) outcome).payload(), StandardCharsets.UTF_8);
    }

    private static final class Heard implements LambdaEvents {
        final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void started(String function, Duration init, Classes classes) {
            lines.add(function + " " + classes);
        }

        @Override
        public void failed(String function, Failed failure) {
            lines.add(function + " " + failure);
        }

        @Override
        public void crashed(String function, int exitCode) {
            lines.add(function + " crashed " + exitCode);
        }

        @Override
        public void couldNotStart(String function, Exception cause) {
            lines.add(function + " " + cause);
        }
    }
}
