package io.lambdascope.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.limits.LimitsFile;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TenantRetentionTest {
    @Test
    void limitsSayItFirstAndTheDeploymentWhereTheySayNothing() {
        LimitsFile limits = LimitsFile.parse("""
                {"overrides": {"shop": {"compactor_blocks_retention_period": "90d"},
                               "archive": {"compactor_blocks_retention_period": "0"}}}
                """.getBytes(StandardCharsets.UTF_8));
        Retention retention =
                new TenantRetention(limits, RetentionTable.parse("metrics=400d, shop/metrics=1d, logs=3d"));
        assertThat(retention.of(new Tenant("shop"), Signal.METRICS)).isEqualTo(Duration.ofDays(90));
        assertThat(retention.of(new Tenant("archive"), Signal.METRICS)).isEqualTo(Duration.ZERO);
        assertThat(retention.of(new Tenant("other"), Signal.METRICS)).isEqualTo(Duration.ofDays(400));
        assertThat(retention.of(new Tenant("shop"), Signal.LOGS)).isEqualTo(Duration.ofDays(3));
    }
}
