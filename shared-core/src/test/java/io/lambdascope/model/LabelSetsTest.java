package io.lambdascope.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelSetsTest {
    private final SymbolTable symbols = new SymbolTable();
    private final LabelSets sets = new LabelSets(symbols);

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(4).longs(30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLabelIsPutWhereItBelongs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Labels> expected = new ArrayList<>();
        int[] values = new int[random.nextInt(20)];
        for (int set = 0; set < values.length; set++) {
            Labels.Builder labels = new Labels.Builder();
            for (String name : List.of("a", "b", "m", "x", "y")) {
                if (random.nextBoolean()) {
                    labels.set(name, "v" + random.nextInt(3));
                }
            }
            sets.begin();
            sets.add(labels.build());
            values[set] = random.nextInt(3) == 0 ? -1 : symbols.intern("new" + set);
            if (values[set] >= 0) {
                labels.set("m", "new" + set);
            }
            expected.add(labels.build());
        }
        sets.put(symbols.intern("m"), values);
        for (int set = 0; set < values.length; set++) {
            assertThat(sets.labels(set)).isEqualTo(expected.get(set));
            String put = expected.get(set).get("m");
            int value = sets.value(set, symbols.intern("m"));
            assertThat(value < 0 ? "" : symbols.text(value)).isEqualTo(put);
        }
        // and sets that follow are not disturbed
        sets.begin();
        sets.add(Labels.of("z", "1"));
        assertThat(sets.labels(values.length)).isEqualTo(Labels.of("z", "1"));
    }

    private record Pair(String name, String value) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fewAndManyLabelsAreSortedAndThoseOfOneNameKeepTheirOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        sets.begin();
        sets.add(symbols.intern("before"), symbols.intern("it"));
        sets.begin();
        Pair[] pairs = new Pair[random.nextInt(200)];
        Arrays.setAll(pairs, i -> new Pair("n" + random.nextInt(100), "v" + i));
        for (Pair pair : pairs) {
            sets.add(symbols.intern(pair.name()), symbols.intern(pair.value()));
        }
        sets.sort(1);
        Arrays.sort(pairs, Comparator.comparing(Pair::name));
        List<Pair> sorted = new ArrayList<>();
        for (int at = sets.start(1); at < sets.end(1); at += 2) {
            sorted.add(new Pair(symbols.text(sets.pairs()[at]), symbols.text(sets.pairs()[at + 1])));
        }
        assertThat(sorted).containsExactly(pairs);
        assertThat(sets.labels(0)).isEqualTo(Labels.of("before", "it"));
    }
}
