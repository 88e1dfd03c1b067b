package io.lambdascope.source;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Adds the tenant's label to the series or streams of one tenant, and brings them into the order of the labels that
/// they then have; what has the same labels stays in its order.
///
/// @param <T> what a series has
public final class TenantOrder<T> {
    /*
     * One more label with the same value hardly ever changes the order of two sets. It does where one set begins with
     * all of the other and goes on with a name that sorts before the new one: {a} stands before {a, b}, but {a, new}
     * behind {a, b, new}. And it does where a series has that label already, which then becomes another one. Series of
     * these two kinds are copied and wait in a heap. Let P be the labels of a stored series that sort before the new
     * name: every later series, once labelled, sorts behind P. So what waits comes out as soon as it sorts before P,
     * which is when the next metric name is there, at the latest. A series of neither kind sorts behind everything that
     * waits and is less, and need not be copied.
     */
    private static final int MAX_WAITING = 1 << 20;

    /// What comes in.
    public interface Input<T> {
        boolean next();

        Labels labels();

        /// Valid until [#next].
        T series();
    }

    private record Waiting<T>(Labels labels, long number, T series) {}

    private final Input<T> input;
    private final Tenant tenant;
    private final UnaryOperator<T> copy;
    private final ToIntFunction<T> weight;
    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>(
            Comparator.comparing((Waiting<T> one) -> one.labels).thenComparingLong(one -> one.number));
    private long held;
    private long waitingWeight;
    private boolean atNext;
    private boolean ended;
    private @Nullable Labels labels;
    private @Nullable T series;

    /// @param copy makes what stays valid out of what an input has
    /// @param weight how many samples, or the like, a copy holds
    public TenantOrder(Input<T> input, Tenant tenant, UnaryOperator<T> copy, ToIntFunction<T> weight) {
        this.input = input;
        this.tenant = tenant;
        this.copy = copy;
        this.weight = weight;
    }

    /// @throws Fault OVER_LIMIT if too much would have to wait
    public boolean next() {
        while (true) {
            if (!atNext && !ended) {
                atNext = true;
                ended = !input.next();
            }
            Waiting<T> first = waiting.peek();
            if (first != null && (ended || first.labels.compareTo(least(input.labels())) < 0)) {
                waiting.remove();
                waitingWeight -= 1 + weight.applyAsInt(first.series);
                labels = first.labels;
                series = first.series;
                return true;
            }
            if (ended) {
                return false;
            }
            atNext = false;
            Labels labelled = TenantLabel.add(input.labels(), tenant);
            if (!mayMove(input.labels())) {
                labels = labelled;
                series = input.series();
                return true;
            }
            hold(new Waiting<>(labelled, held++, copy.apply(input.series())));
        }
    }

    private void hold(Waiting<T> one) {
        waitingWeight += 1 + weight.applyAsInt(one.series);
        if (waitingWeight > MAX_WAITING) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "too many series like %s carry a label %s of their own: read tenant %s by itself"
                            .formatted(one.labels, TenantLabel.NAME, tenant));
        }
        waiting.add(one);
    }

    /// What no series sorts before that is stored at `stored` or later.
    private Labels least(Labels stored) {
        return mayMove(stored)
                ? stored.filter(name -> name.compareTo(TenantLabel.NAME) < 0)
                : TenantLabel.add(stored, tenant);
    }

    private static boolean mayMove(Labels stored) {
        return stored.isEmpty()
                || stored.name(stored.size() - 1).compareTo(TenantLabel.NAME) < 0
                || stored.has(TenantLabel.NAME);
    }

    public Labels labels() {
        return current(labels);
    }

    public T series() {
        return current(series);
    }

    private static <V> V current(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("the cursor stands on no series");
        }
        return value;
    }
}
