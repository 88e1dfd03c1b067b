package io.lambdascope.compact;

import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Fetches segments, some at once: small ones lie in many places.
///
/// @param atOnce how many; one after the other where the order of calls must not vary
public record SegmentFetcher(ObjectStore objects, int atOnce) {
    public static final int USUALLY_AT_ONCE = 8;

    /// The segments that `units` are, in their order.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE, CORRUPT_DATA, NOT_FOUND
    public List<Segment> fetch(List<Unit> units) {
        List<Segment> segments = new ArrayList<>();
        List<Future<Segment>> fetching = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            units.forEach(unit -> fetching.add(threads.submit(() -> HeadStore.read(unit, objects))));
            for (Future<Segment> one : fetching) {
                segments.add(one.get());
            }
            return segments;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("a segment could not be fetched", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while segments were fetched", e);
        }
    }
}
