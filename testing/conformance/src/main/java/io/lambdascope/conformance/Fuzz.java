package io.lambdascope.conformance;

import io.lambdascope.testkit.promql.fuzz.FuzzCase;
import io.lambdascope.testkit.promql.fuzz.FuzzRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// `make fuzz`: asks random PromQL for `MINUTES`, all of which follows from `SEED`; or the question that the line
/// `CASE` says, once. Ends with 1 if something was wrong.
public final class Fuzz {
    private static final String MINUTES = "10";

    private Fuzz() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        String asked = environment.getOrDefault("CASE", "");
        String seed = environment.getOrDefault("SEED", "");
        double minutes = Double.parseDouble(environment.getOrDefault("MINUTES", MINUTES));
        boolean well = asked.isEmpty()
                ? FuzzRun.run(
                        seed.isEmpty() ? System.currentTimeMillis() : Long.parseLong(seed),
                        Duration.ofSeconds(Math.round(60 * minutes)),
                        System.out)
                : FuzzRun.again(FuzzCase.parse(asked), System.out);
        System.exit(well ? 0 : 1);
    }
}
