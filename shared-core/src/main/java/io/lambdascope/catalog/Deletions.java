package io.lambdascope.catalog;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes deletions. From then on readers leave out what they cover; compaction writes it no more, and forgets a
/// deletion when nothing is left that it covers. See `docs/adr/0035-series-deletion.md`.
public final class Deletions {
    /// The most that there may be of one tenant and signal: every reader reads them all.
    public static final int MOST = 100;

    /// The longest selection: it goes to every scan.
    public static final int MAX_SELECTION_BYTES = 16 * 1024;

    /// The names of the segments that a deletion covers are one item.
    private static final int MOST_SEGMENTS = 8_000;

    private static final int MAX_ATTEMPTS = 20;

    private final Catalog catalog;
    private final UnitFinder finder;

    /// @param finder of the same catalog: a deletion covers what it finds
    public Deletions(Catalog catalog, UnitFinder finder) {
        this.catalog = catalog;
        this.finder = finder;
    }

    /// Deletes the rows inside `range` that `selection` picks, out of all that a reader can see now. What becomes
    /// visible later stays.
    ///
    /// @param selection in the signal's own words
    /// @throws Fault OVER_LIMIT if there are as many as may be, or the selection is too long; UNAVAILABLE: the
    ///     deletion was made or was not, and may be made again
    public void delete(Tenant tenant, Signal signal, String selection, TimeRange range) {
        int bytes = selection.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_SELECTION_BYTES) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "a deletion has selectors of at most %d bytes, not %d: delete in several requests"
                            .formatted(MAX_SELECTION_BYTES, bytes));
        }
        change(tenant, signal, state -> {
            checkCount(tenant, signal);
            return new CatalogChange().delete(selection, range, segments(tenant, signal, range));
        });
    }

    /// Has compaction apply at once all that was deleted so far, where it would otherwise wait for company.
    ///
    /// @throws Fault UNAVAILABLE; may be asked for again
    public void applySoon(Tenant tenant, Signal signal) {
        change(tenant, signal, state -> new CatalogChange().cleanVersion(state.version()));
    }

    private void checkCount(Tenant tenant, Signal signal) {
        int count = catalog.recent(tenant, signal).deletions().size();
        if (count >= MOST) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "%d deletions wait to be applied by compaction, which is as many as may; they are within days of their"
                                    .formatted(count)
                            + " making: join selectors into one request, or try again later");
        }
    }

    private List<String> segments(Tenant tenant, Signal signal, TimeRange range) {
        List<String> segments = finder.find(tenant, signal, range).units().stream()
                .filter(Unit::isSegment)
                .map(Unit::id)
                .toList();
        if (segments.size() > MOST_SEGMENTS) {
            throw new Fault(
                    FaultKind.UNAVAILABLE,
                    "%d segments wait for compaction, of which a deletion covers at most %d; try again later"
                            .formatted(segments.size(), MOST_SEGMENTS));
        }
        return segments;
    }

    /// The state is read first: if the commit that builds on it succeeds, all that was read after it was of one
    /// moment.
    private void change(Tenant tenant, Signal signal, Function<CatalogState, CatalogChange> plan) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<CatalogState> state = catalog.state(tenant, signal);
            if (state.isEmpty()) {
                return;
            }
            switch (catalog.commit(state.get(), plan.apply(state.get()))) {
                case CommitOutcome.Committed _ -> {
                    return;
                }
                case CommitOutcome.Stale() -> {}
            }
        }
        throw new Fault(
                FaultKind.UNAVAILABLE,
                "the catalog of tenant %s, %s, changed %d times while it was to be changed; try again"
                        .formatted(tenant, signal.text(), MAX_ATTEMPTS));
    }
}
