package io.lambdascope.exec.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.result.Partial;
import io.lambdascope.result.PartialFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResultCacheTest {
    private static final int ENTRY = PartialFormat.write(partial(1, 100)).length + 200;

    private static Partial partial(long seed, int steps) {
        double[] values = new SplittableRandom(seed).doubles(steps).toArray();
        Partial.Row row = new Partial.Row(Labels.EMPTY, false, "", new double[][] {values}, new NativeHistogram[0][]);
        return new Partial(steps, List.of(row), List.of(), 1, 2, new long[0]);
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() {
        ResultCache cache = new ResultCache(3L * ENTRY + ENTRY / 2);
        cache.put("a", partial(1, 100));
        cache.put("b", partial(2, 100));
        cache.put("c", partial(3, 100));
        assertThat(cache.get("a")).isPresent();
        cache.put("d", partial(4, 100));
        assertThat(cache.get("b")).isEmpty();
        assertThat(List.of("a", "c", "d")).allMatch(key -> cache.get(key).isPresent());
    }

    @Test
    void whatIsPutAgainTakesItsRoomOnce() {
        ResultCache cache = new ResultCache(2L * ENTRY + ENTRY / 2);
        for (int i = 0; i < 10; i++) {
            cache.put("a", partial(1, 100));
        }
        cache.put("b", partial(2, 100));
        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("b")).isPresent();
    }

    @Test
    void oneThatIsTooLargePushesNothingOut() {
        ResultCache cache = new ResultCache(2L * ENTRY);
        cache.put("a", partial(1, 100));
        cache.put("large", partial(2, 1000));
        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("large")).isEmpty();
    }

    @Test
    void noRoomKeepsNothing() {
        ResultCache cache = new ResultCache(0);
        cache.put("a", partial(1, 100));
        assertThat(cache.get("a")).isEmpty();
    }

    @Test
    void comesBackAsItWasPut() {
        ResultCache cache = new ResultCache(1 << 20);
        Partial partial = partial(7, 10);
        cache.put("a", partial);
        assertThat(cache.get("a").orElseThrow()).usingRecursiveComparison().isEqualTo(partial);
    }
}
