package io.lambdascope.ingest;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import io.lambdascope.store.Table;
import io.lambdascope.store.Table.Attribute;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds tenants to rates over all instances of a function together.
public final class RateLimiter {
    /*
     * One token bucket for each tenant and rate is an item of the table; its whole state is the moment at which it will
     * be full again (GCRA). An instance does not ask it for every request: it takes what the rate yields in some
     * seconds at once, but never so much that a few instances that start together would leave nothing for the others,
     * and spends that. So the table is written as often as tokens are used up, not as often as
     * requests come. A request is let in while anything is left, and may overdraw; what was overdrawn is paid back
     * first. So one that is larger than the bucket is let in, and the rate still holds over time.
     */
    private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);
    private static final String FULL_AT = "fullAtMillis";
    private static final double TAKEN_SECONDS = 2;
    private static final double TAKEN_OF_BURST = 0.2;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final long FORGOTTEN_AFTER_SECONDS = 86_400;
    private static final int MAX_ATTEMPTS = 3;
    private static final int REMEMBERED = 10_000;

    /// How much of something may come.
    ///
    /// @param name of the limit that says so
    /// @param perSecond above 0
    /// @param burst how much may come at once; less than a second's worth counts as that
    /// @param refusal what whoever is over it reads
    public record Rate(String name, double perSecond, double burst, String refusal) {
        private double bucket() {
            return Math.max(burst, perSecond);
        }

        private long burstMillis() {
            return millisOf(bucket());
        }

        /// What an instance takes at once.
        private double portion() {
            return Math.min(TAKEN_SECONDS * perSecond, TAKEN_OF_BURST * bucket());
        }

        /// How long it takes until so many tokens have come in.
        private long millisOf(double tokens) {
            return (long) Math.ceil(tokens / perSecond * MILLIS_PER_SECOND);
        }
    }

    /// What this instance has of a bucket.
    private static final class Purse {
        private double tokens;
        private long emptyUntilMillis;
    }

    private final Table table;
    private final InstantSource clock;
    private final Map<Table.Key, Purse> purses = new HashMap<>();

    /// @param table where the buckets are, in partitions that begin with `rates#`
    public RateLimiter(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// Takes `amount` tokens.
    ///
    /// @throws Fault RATE_LIMITED if there are none. If the bucket cannot be asked, the request is let in: a rate
    ///     is not worth a push
    public synchronized void take(Tenant tenant, Rate rate, long amount) {
        // with other numbers it is another bucket, which nothing has been taken from
        Table.Key key = new Table.Key(
                "rates#" + tenant, "%s#%s#%s".formatted(rate.name, rate.perSecond, Math.round(rate.burst)));
        if (purses.size() > REMEMBERED) {
            purses.clear();
        }
        Purse purse = purses.computeIfAbsent(key, any -> new Purse());
        if (purse.tokens <= 0) {
            fill(purse, key, rate, amount);
        }
        purse.tokens -= amount;
    }

    private void fill(Purse purse, Table.Key key, Rate rate, long amount) {
        if (clock.millis() < purse.emptyUntilMillis) {
            throw new Fault(FaultKind.RATE_LIMITED, rate.refusal);
        }
        double wanted = Math.max((double) amount, rate.portion()) - purse.tokens;
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                if (takeFromBucket(purse, key, rate, wanted)) {
                    return;
                }
            }
            LOG.debug("{} is asked by many at once", key);
        } catch (Fault e) {
            if (e.kind() == FaultKind.RATE_LIMITED) {
                throw e;
            }
            LOG.warn("{} cannot be asked: {}", key, e.text());
        }
        purse.tokens = 0;
    }

    /// @return false if another instance was faster
    private boolean takeFromBucket(Purse purse, Table.Key key, Rate rate, double wanted) {
        long now = clock.millis();
        long before = table.get(key).map(item -> item.number(FULL_AT)).orElse(0L);
        long fullAt = Math.max(now, before);
        if (fullAt - now >= rate.burstMillis()) {
            purse.emptyUntilMillis = fullAt - rate.burstMillis() + 1;
            throw new Fault(FaultKind.RATE_LIMITED, rate.refusal);
        }
        long after = fullAt + rate.millisOf(wanted);
        Table.Item bucket = new Table.Item(
                key,
                Map.of(FULL_AT, new Attribute.Number(after)),
                (long) (after / MILLIS_PER_SECOND) + FORGOTTEN_AFTER_SECONDS);
        if (table.transact(List.of(new Table.Write.Replace(bucket, FULL_AT, before))) != Table.Outcome.DONE) {
            return false;
        }
        purse.tokens += wanted;
        return true;
    }
}
