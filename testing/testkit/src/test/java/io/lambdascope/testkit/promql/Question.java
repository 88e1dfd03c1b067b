package io.lambdascope.testkit.promql;

import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A query and when it is asked.
record Question(CheckedQuery query, StepGrid grid) {
    /// Each query of a file, as the other method asks it.
    static List<Question> read(String file, RandomGenerator random, long fromMillis, long spanMillis)
            throws IOException {
        List<CheckedQuery> queries = Files.readAllLines(Path.of("src/test/resources", file)).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(CheckedQuery::of)
                .toList();
        return of(queries, random, fromMillis, spanMillis);
    }

    /// Each query once at a moment and once over a range.
    ///
    /// @param fromMillis where moments and ranges begin, less than `spanMillis` later
    static List<Question> of(List<CheckedQuery> queries, RandomGenerator random, long fromMillis, long spanMillis) {
        List<Question> questions = new ArrayList<>();
        for (CheckedQuery query : queries) {
            long at = fromMillis + random.nextLong(spanMillis);
            questions.add(new Question(query, StepGrid.instant(at)));
            long step = 10_000 + random.nextLong(300_000);
            questions.add(new Question(query, new StepGrid(at, at + step * (1 + random.nextInt(30)), step)));
        }
        return questions;
    }

    /// Whether the order of the answer counts.
    boolean sorts() {
        return query.text().startsWith("sort");
    }
}
