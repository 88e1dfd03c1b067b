package io.lambdascope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.fault.Fault;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LokiPushBody;
import io.lambdascope.testkit.logs.RandomLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// W1 and W3 for logs: what was acknowledged is read, each entry once, whatever call failed before or after it took
/// effect. What happens to several tenants and broken messages is the same for all signals: [PushFaultsTest].
class LogsPushFaultsTest {
    private static final Tenant TENANT = new Tenant("team-a");

    @ParameterizedTest(name = "inline up to {0}, direct from {1}, fails after: {2}")
    @CsvSource({"8192, 348160, false", "8192, 348160, true", "0, 348160, true", "0, 0, false", "0, 0, true"})
    void everySingleCallMayFail(int inlineBytes, int directBytes, boolean after) {
        HeadSettings head = new HeadSettings(inlineBytes, HeadSettings.DEFAULTS.registrationLifetime());
        PushSettings push = new PushSettings(directBytes);
        int calls = pushAll(new PushWorld(push, head));
        assertThat(calls).isGreaterThan(3);
        for (int call = 0; call < calls; call++) {
            pushAll(new PushWorld(push, head, Set.of(call), after));
        }
    }

    /// Pushes until everything is acknowledged, delivers until the queue is empty, reads, and says how many calls to
    /// stores that took.
    private static int pushAll(PushWorld world) {
        world.limits(TenantLimits.DEFAULTS
                .with(LogsLimits.DISCOVER_SERVICE_NAME, List.of())
                .with(LogsLimits.DISCOVER_LOG_LEVELS, false));
        SplittableRandom random = new SplittableRandom(1);
        long now = PushWorld.NOW.getEpochSecond() * 1_000_000_000L;
        List<LogItem> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<LogItem> items = RandomLogs.items(random, 30, now - 1_000_000_000L, 1_000_000_000L);
            sent.addAll(items);
            byte[] body = LokiPushBody.protobuf(items);
            int status;
            do {
                status = world.push(TENANT, new HttpRequest("POST", "/loki/api/v1/push", "", Map.of(), body))
                        .status();
                assertThat(status).isIn(204, 503);
            } while (status != 204);
        }
        for (int i = 0; i < 100 && world.queue().depth() > 0; i++) {
            world.deliver();
        }
        assertThat(world.queue().depth()).isZero();
        int calls = world.calls();
        assertThat(readPatiently(world)).containsExactlyInAnyOrderElementsOf(Set.copyOf(sent));
        return calls;
    }

    private static List<LogItem> readPatiently(PushWorld world) {
        while (true) {
            try {
                return world.readLogs(TENANT);
            } catch (Fault e) {
                assertThat(e).hasMessageContaining("injected");
            }
        }
    }
}
