package io.lambdascope.testkit.promql;

import io.lambdascope.ql.promql.CheckedQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Queries as people write them, over the series of [io.lambdascope.testkit.metrics.RandomSeries].
public final class PromIdioms {
    private static final String RESOURCE = "idioms.txt";

    private PromIdioms() {}

    public static List<CheckedQuery> load() {
        try (InputStream in = PromIdioms.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource %s is missing".formatted(RESOURCE));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(CheckedQuery::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
