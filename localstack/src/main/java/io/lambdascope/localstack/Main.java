package io.lambdascope.localstack;

import io.lambdascope.localstack.host.gateway.Gateway;
import io.lambdascope.localstack.host.gateway.GatewaySettings;
import io.lambdascope.localstack.host.gateway.RouteTable;
import io.lambdascope.localstack.host.lambda.FunctionArtifact;
import io.lambdascope.localstack.host.lambda.FunctionSettings;
import io.lambdascope.localstack.host.lambda.InvokeOutcome;
import io.lambdascope.localstack.host.lambda.LambdaEvents;
import io.lambdascope.localstack.host.lambda.LambdaHost;
import io.lambdascope.localstack.host.lambda.LambdaLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `make run`: the whole account on one machine, in the foreground, until it is interrupted.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        HostSettings settings = HostSettings.from(System.getenv());
        FunctionSettings push = new FunctionSettings(
                "push",
                FunctionArtifact.ofModule(settings.projectDir().resolve("functions/ingest-fn")),
                512,
                Duration.ofSeconds(30),
                2,
                List.of("-XX:TieredStopAtLevel=1"),
                Map.of("QUARKUS_LAMBDA_HANDLER", "push"));
        LambdaHost functions =
                LambdaHost.start(settings.dataDir(), List.of(push), LambdaLimits.DEFAULTS, new Console());
        RouteTable routes = new RouteTable(List.of(new RouteTable.Route("GET", "/ready", "push")));
        Gateway gateway = Gateway.start(
                new GatewaySettings(settings.host(), settings.port(), Set.of(), GatewaySettings.DEFAULT_TIMEOUT),
                routes,
                functions,
                System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.close();
            functions.close();
        }));
        System.out.println("open " + gateway.endpoint() + "/ready");
        Thread.currentThread().join();
    }

    private static final class Console implements LambdaEvents {
        @Override
        public void failed(String function, InvokeOutcome.Failed failure) {
            System.err.println(function + " failed: " + failure);
        }

        @Override
        public void crashed(String function, int exitCode) {
            System.err.println(function + " ended by itself with exit code " + exitCode);
        }

        @Override
        public void couldNotStart(String function, Exception cause) {
            System.err.println(function + " could not be started: " + cause);
        }
    }
}
