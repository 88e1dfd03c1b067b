package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.result.PromResult;
import io.lambdascope.testkit.metrics.RandomSeries;
import io.lambdascope.testkit.metrics.SampleSplitter;
import io.lambdascope.testkit.promql.StoredPlacement.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A query over several tenants answers as over one that holds all their series, each with its tenant as a label.
class TenantsPropertyTest {
    private static final long FROM_MILLIS = 1_795_341_780_000L;
    private static final long SPAN_MILLIS = 2_400_000;

    /// Labels that make a series change places once its tenant stands among them.
    private static final List<Labels> AWKWARD = List.of(
            Labels.of("__name__", "plain"),
            Labels.of("__name__", "plain", "__region__", "r"),
            Labels.of("__name__", "plain", "__region__", "r", "zone", "z"),
            Labels.of("__name__", "plain", "__tenant_id__", "x"),
            Labels.of("__name__", "plain", "__tenant_id__", "x", "job", "a"),
            Labels.of("__name__", "plain", "__tenant_id__", "y"),
            Labels.of("__name__", "plain", "host", "h0"),
            Labels.of("__name__", "plain_b"));

    @TempDir
    Path scratch;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new SplittableRandom(11).longs(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void severalTenantsAnswerAsOneThatHoldsAll(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Tenant, SortedMap<Labels, SeriesSamples>> byTenant = new LinkedHashMap<>();
        for (String id : List.of("team-b", "team-a", "team-c")) {
            byTenant.put(new Tenant(id), data(random));
        }
        List<Question> questions = new ArrayList<>();
        for (Question question : Question.of(PromIdioms.load(), random, FROM_MILLIS, SPAN_MILLIS)) {
            if (random.nextInt(4) == 0) {
                questions.add(question);
            }
        }
        questions.addAll(Question.read("tenant-queries.txt", random, FROM_MILLIS, SPAN_MILLIS));
        List<Outcome> expected;
        try (ScriptEngine memory = new MemoryPlacement().place(union(byTenant))) {
            expected = questions.stream()
                    .map(question -> Outcome.of(memory, question))
                    .toList();
        }
        assertThat(expected).filteredOn(outcome -> outcome.answer == null).hasSizeLessThan(questions.size() / 4);
        Map<String, Layout> layouts = Map.of(
                "segments",
                Layout.segments(new SampleSplitter(random, 3).shuffled()),
                "blocks and segments",
                new Layout(new SampleSplitter(random, 4).repeated(), 3, Duration.ofHours(1), 2));
        for (Map.Entry<String, Layout> layout : layouts.entrySet()) {
            for (PlanSettings plans : List.of(PlanSettings.INLINE, StoredPlacement.FANNED_OUT)) {
                StoredPlacement placement = new StoredPlacement(layout.getValue(), plans, scratch);
                try (ScriptEngine engine = placement.place(byTenant)) {
                    for (int i = 0; i < questions.size(); i++) {
                        Question question = questions.get(i);
                        assertThat(expected.get(i).difference(Outcome.of(engine, question), question))
                                .as("%s in %s, %s", question, layout.getKey(), plans)
                                .isEmpty();
                    }
                }
            }
        }
    }

    /// An answer, or how the query failed.
    private record Outcome(
            @Nullable PromResult answer, @Nullable FaultKind fault) {
        static Outcome of(ScriptEngine engine, Question question) {
            try {
                return new Outcome(engine.evaluate(question.query(), question.grid()), null);
            } catch (Fault fault) {
                return new Outcome(null, fault.kind());
            }
        }

        Optional<String> difference(Outcome other, Question question) {
            if (answer == null || other.answer == null) {
                return equals(other) ? Optional.empty() : Optional.of("expected %s got %s".formatted(this, other));
            }
            return SameResult.difference(answer, other.answer, question.sorts());
        }
    }

    private static SortedMap<Labels, SeriesSamples> data(SplittableRandom random) {
        SortedMap<Labels, SeriesSamples> data = RandomSeries.of(random, FROM_MILLIS, FROM_MILLIS + SPAN_MILLIS);
        for (Labels labels : AWKWARD) {
            if (random.nextInt(4) > 0) {
                SeriesSamples samples = new SeriesSamples();
                for (long at = FROM_MILLIS; at < FROM_MILLIS + SPAN_MILLIS; at += 60_000) {
                    samples.add(at, random.nextInt(3));
                }
                data.put(labels, samples);
            }
        }
        return data;
    }

    private static SortedMap<Labels, SeriesSamples> union(Map<Tenant, SortedMap<Labels, SeriesSamples>> byTenant) {
        SortedMap<Labels, SeriesSamples> union = new TreeMap<>();
        byTenant.forEach((tenant, data) -> data.forEach((labels, samples) -> union.put(
                labels.with("original___tenant_id__", labels.get("__tenant_id__"))
                        .with("__tenant_id__", tenant.id()),
                samples)));
        return union;
    }
}
