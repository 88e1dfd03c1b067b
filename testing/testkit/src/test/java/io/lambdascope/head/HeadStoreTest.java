package io.lambdascope.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadStoreTest {
    private static final Tenant A = new Tenant("team-a");
    private static final Tenant B = new Tenant("team-b");

    private Instant now = Instant.parse("2026-11-20T13:59:59Z");
    private int ids;
    private final List<String> told = new ArrayList<>();
    private final MemoryTable table = new MemoryTable();
    private final MemoryObjectStore objects = new MemoryObjectStore(() -> now);
    private final HeadStore head = new HeadStore(
            table,
            objects,
            (tenant, signal) -> told.add(tenant + " " + signal.text()),
            () -> "id" + ids++,
            () -> now,
            HeadSettings.DEFAULTS);

    private static Segment segment(Tenant tenant, Signal signal, int size, long seed) {
        byte[] payload = new byte[size];
        new Random(seed).nextBytes(payload);
        byte[] facts = ("facts " + seed).getBytes(StandardCharsets.UTF_8);
        return SegmentFormat.encode(tenant, signal, 1000, 2000, 7, facts, payload, size, 1);
    }

    private List<Unit> find(Tenant tenant, Signal signal) {
        long hour = head.currentHour();
        return head.find(tenant, signal, hour - 1, hour);
    }

    private List<String> keys() {
        return objects.list("", null).objects().stream().map(o -> o.key()).toList();
    }

    @Test
    void smallSegmentsLieInTheirItemsAndLargeOnesShareAnObject() {
        Segment small = segment(A, Signal.METRICS, 100, 1);
        Segment large = segment(A, Signal.METRICS, 9000, 2);
        Segment logs = segment(A, Signal.LOGS, 9000, 3);
        Segment other = segment(B, Signal.METRICS, 9000, 4);
        head.append(List.of(small, large, logs, other, large));

        assertThat(keys()).containsExactly("head/2026-11-20T13/id0-3");
        assertThat(told).contains("team-a metrics", "team-a logs", "team-b metrics");
        for (Segment segment : List.of(small, large, logs, other)) {
            SegmentHeader header = segment.header();
            Unit unit = find(header.tenant(), header.signal()).stream()
                    .filter(found -> found.id().equals(header.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(unit.isSegment()).isTrue();
            assertThat(unit.range()).isEqualTo(header.range());
            assertThat(unit.rows()).isEqualTo(7);
            assertThat(unit.facts()).isEqualTo(header.facts());
            assertThat(unit.bytes()).isEqualTo(segment.bytes().length);
            assertThat(HeadStore.read(unit, objects).payload()).isEqualTo(segment.payload());
        }
        assertThat(find(A, Signal.METRICS)).hasSize(2);
        assertThat(find(B, Signal.LOGS)).isEmpty();
        assertThat(head.headsOf(head.currentHour()))
                .containsExactlyInAnyOrder(
                        new HeadStore.Head(A, Signal.METRICS),
                        new HeadStore.Head(A, Signal.LOGS),
                        new HeadStore.Head(B, Signal.METRICS));
    }

    @Test
    void anObjectGoesWithTheLastOfItsSegments() {
        head.append(List.of(segment(A, Signal.METRICS, 9000, 1), segment(B, Signal.METRICS, 9000, 2)));
        long hour = head.currentHour();
        List<Unit> ofA = find(A, Signal.METRICS);
        head.delete(A, Signal.METRICS, hour, ofA);
        head.delete(A, Signal.METRICS, hour, ofA);
        assertThat(find(A, Signal.METRICS)).isEmpty();
        assertThat(keys()).hasSize(1);
        assertThat(HeadStore.read(find(B, Signal.METRICS).getFirst(), objects).payload())
                .hasSize(9000);

        head.delete(B, Signal.METRICS, hour, find(B, Signal.METRICS));
        assertThat(keys()).isEmpty();
        head.append(List.of(segment(A, Signal.METRICS, 9000, 1)));
        head.delete(A, Signal.METRICS, hour, find(A, Signal.METRICS));
        assertThat(keys()).as("one that shares with nobody").isEmpty();
        assertThat(table.all())
                .as("what is left are registrations")
                .allMatch(item -> item.key().partition().startsWith("heads#"));
    }

    @Test
    void segmentsAreFoundByTheirHourOfArrival() {
        head.append(List.of(segment(A, Signal.METRICS, 100, 1)));
        now = now.plusSeconds(1);
        head.append(List.of(segment(A, Signal.METRICS, 100, 2)));
        long hour = head.currentHour();
        assertThat(head.find(A, Signal.METRICS, hour, hour)).hasSize(1);
        assertThat(head.find(A, Signal.METRICS, hour - 1, hour - 1)).hasSize(1);
        assertThat(head.find(A, Signal.METRICS, hour - 1, hour)).hasSize(2);
    }

    @Test
    void orphansAreSweptOnceTheirHourIsEmpty() {
        head.append(List.of(segment(A, Signal.METRICS, 9000, 1)));
        head.append(List.of(segment(A, Signal.METRICS, 9000, 1)));
        assertThat(keys()).as("the same segment twice").hasSize(2);
        assertThat(find(A, Signal.METRICS)).hasSize(1);
        long hour = head.currentHour();
        assertThatThrownBy(() -> head.sweep(hour)).hasMessageContaining("may still be appended to");
        now = now.plus(Duration.ofHours(3));
        assertThat(head.sweep(hour)).as("something is there still").isFalse();
        assertThat(keys()).hasSize(2);
        head.delete(A, Signal.METRICS, hour, head.find(A, Signal.METRICS, hour, hour));
        assertThat(head.sweep(hour)).isTrue();
        assertThat(keys()).isEmpty();
    }

    @Test
    void aSegmentOfSomebodyElseIsNotRead() {
        head.append(List.of(segment(A, Signal.METRICS, 9000, 1), segment(B, Signal.METRICS, 9000, 2)));
        Unit a = find(A, Signal.METRICS).getFirst();
        Unit b = find(B, Signal.METRICS).getFirst();
        Unit mixed = new Unit(
                a.id(), A, a.signal(), a.level(), a.range(), a.shard(), a.rows(), a.bytes(), a.facts(), b.place());
        assertThatThrownBy(() -> HeadStore.read(mixed, objects)).hasMessageContaining("team-b");
    }
}
