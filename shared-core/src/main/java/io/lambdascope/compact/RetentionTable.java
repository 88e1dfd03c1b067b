package io.lambdascope.compact;

import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Retention by signal, and by tenant where it differs. Written as `metrics=400d, traces=14d,
/// shop/metrics=30d`: days or hours, `0` for ever. What is not named is kept for ever.
public final class RetentionTable implements Retention {
    private static final Pattern ENTRY = Pattern.compile("(?:([^/=,\\s]+)/)?([a-z]+)=(0|([1-9][0-9]{0,5})([dh]))");

    private final Map<String, Duration> bySignal = new HashMap<>();

    private RetentionTable() {}

    /// @throws Fault BAD_REQUEST that names the entry that cannot be read
    public static RetentionTable parse(String text) {
        RetentionTable table = new RetentionTable();
        for (String entry : text.split(",")) {
            if (!entry.isBlank()) {
                table.add(entry.strip());
            }
        }
        return table;
    }

    private void add(String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            throw Fault.badRequest(
                    "retention \"%s\" must read like metrics=400d or shop/metrics=36h, or =0 for ever", entry);
        }
        Signal signal = CompactRequest.signalOf(matcher.group(2));
        String tenant = matcher.group(1);
        String key = tenant == null ? signal.text() : keyOf(new Tenant(tenant), signal);
        if (bySignal.put(key, durationOf(matcher)) != null) {
            throw Fault.badRequest("retention of %s is said twice", key);
        }
    }

    private static Duration durationOf(Matcher matcher) {
        if (matcher.group(3).equals("0")) {
            return Duration.ZERO;
        }
        long count = Long.parseLong(matcher.group(4));
        return matcher.group(5).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count);
    }

    private static String keyOf(Tenant tenant, Signal signal) {
        return tenant + "/" + signal.text();
    }

    @Override
    public Duration of(Tenant tenant, Signal signal) {
        Duration own = bySignal.get(keyOf(tenant, signal));
        return own != null ? own : bySignal.getOrDefault(signal.text(), Duration.ZERO);
    }
}
