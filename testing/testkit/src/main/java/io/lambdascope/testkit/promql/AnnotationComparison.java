package io.lambdascope.testkit.promql;

import io.lambdascope.result.Annotation;
import java.util.List;
import java.util.Optional;

/// Holds the annotations of a result against what a script demands and forbids.
final class AnnotationComparison {
    private AnnotationComparison() {}

    static Optional<String> compare(Expectation expected, String query, List<Annotation> annotations) {
        return level(
                        "warning",
                        expected.warnings(),
                        expected.noWarning(),
                        texts(annotations, Annotation.Level.WARNING, query))
                .or(() -> level(
                        "info", expected.infos(), expected.noInfo(), texts(annotations, Annotation.Level.INFO, query)));
    }

    private static List<String> texts(List<Annotation> annotations, Annotation.Level level, String query) {
        return annotations.stream()
                .filter(annotation -> annotation.level() == level)
                .map(annotation -> annotation.render(query))
                .toList();
    }

    private static Optional<String> level(
            String name, List<TextMatch> demanded, boolean forbidden, List<String> texts) {
        if (forbidden && !texts.isEmpty()) {
            return Optional.of("expected no %s got %s".formatted(name, texts));
        }
        for (TextMatch match : demanded) {
            if (texts.stream().noneMatch(match::matches)) {
                return Optional.of("expected %s with %s got %s".formatted(name, match.source(), texts));
            }
        }
        for (String text : texts) {
            if (!demanded.isEmpty() && demanded.stream().noneMatch(match -> match.matches(text))) {
                return Optional.of("expected no other %s got %s".formatted(name, text));
            }
        }
        return Optional.empty();
    }
}
