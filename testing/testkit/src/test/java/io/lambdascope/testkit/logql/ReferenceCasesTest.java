package io.lambdascope.testkit.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Cases recorded from Loki, where they lie beside the project or where `-Dlogql.cases=DIR` says.
class ReferenceCasesTest {
    private static final Path DIR = Path.of(System.getProperty("logql.cases", "../../../shared/conformance/logql"));

    @Test
    void everyLineComesOutOfItsPipelineAsInLoki() {
        assertAllPass(PipelineCases.run(file("pipeline.jsonl")));
    }

    @Test
    void everyEntryHasTheLevelThatLokiFinds() {
        assertAllPass(LevelCases.run(file("levels.jsonl")));
    }

    private static Path file(String name) {
        Path file = DIR.resolve(name);
        assumeTrue(Files.exists(file), "no cases at " + file.toAbsolutePath().normalize());
        return file;
    }

    private static void assertAllPass(CaseOutcome outcome) {
        assertThat(outcome.cases()).isPositive();
        assertThat(outcome.failures())
                .as("%d of %d cases failed", outcome.failures().size(), outcome.cases())
                .isEmpty();
    }
}
