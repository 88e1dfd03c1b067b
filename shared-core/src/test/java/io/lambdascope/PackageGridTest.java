package io.lambdascope;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The grid of packages that ARCHITECTURE.md draws: rows import lower rows only, signals never meet.
@AnalyzeClasses(packages = "io.lambdascope", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageGridTest {
    private static final String ROOT = "io.lambdascope.";

    /// From the ground up. A package not listed here has no place yet: give it one.
    private static final List<Set<String>> ROWS = List.of(
            Set.of("fault"),
            Set.of("labels", "time"),
            Set.of("model", "limits", "ql"),
            Set.of("wire", "store", "source", "vector", "result"),
            Set.of("head", "block", "plan"),
            Set.of("catalog", "exec"),
            Set.of("ingest", "compact", "query"),
            Set.of("api", "aws"));

    private static final Map<String, Integer> ROW_OF = rowOf();

    @ArchTest
    static final ArchRule ROWS_IMPORT_LOWER_ROWS_ONLY = ArchRuleDefinition.classes()
            .should(new ArchCondition<>("import lower rows only") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    String from = topPackage(item);
                    if (!ROW_OF.containsKey(from)) {
                        events.add(SimpleConditionEvent.violated(item, item.getName() + " stands in no row"));
                        return;
                    }
                    item.getDirectDependenciesFromSelf().forEach(dependency -> {
                        JavaClass target = dependency.getTargetClass().getBaseComponentType();
                        if (!target.getPackageName().startsWith(ROOT)) {
                            return;
                        }
                        String to = topPackage(target);
                        if (!from.equals(to) && ROW_OF.getOrDefault(to, 99) >= ROW_OF.get(from)) {
                            events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static final ArchRule SIGNALS_DO_NOT_MEET = slices().assignedFrom(new BySignal())
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_AWS_IMPORTS_THE_SDK = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule ONLY_BLOCK_IMPORTS_PARQUET = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "block..", "org.apache.parquet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.parquet..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_QUARKUS =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_COLLABORATORS = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    private static Map<String, Integer> rowOf() {
        Map<String, Integer> rows = new TreeMap<>();
        for (int row = 0; row < ROWS.size(); row++) {
            for (String name : ROWS.get(row)) {
                rows.put(name, row);
            }
        }
        return rows;
    }

    private static String topPackage(JavaClass type) {
        String name = type.getPackageName();
        String below = name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    /// Puts a class into the slice of its signal, by the second part of its package or, for `ql` and `api`, its name.
    private static final class BySignal implements com.tngtech.archunit.library.dependencies.SliceAssignment {
        private static final Map<String, String> SIGNALS = Map.ofEntries(
                Map.entry("metrics", "metrics"),
                Map.entry("logs", "logs"),
                Map.entry("traces", "traces"),
                Map.entry("profiles", "profiles"),
                Map.entry("promql", "metrics"),
                Map.entry("logql", "logs"),
                Map.entry("traceql", "traces"),
                Map.entry("profileql", "profiles"),
                Map.entry("prometheus", "metrics"),
                Map.entry("loki", "logs"),
                Map.entry("tempo", "traces"),
                Map.entry("pyroscope", "profiles"),
                Map.entry("remotewrite", "metrics"),
                Map.entry("remoteread", "metrics"),
                Map.entry("influx", "metrics"),
                Map.entry("lokipush", "logs"));

        @Override
        public String getDescription() {
            return "signals";
        }

        @Override
        public com.tngtech.archunit.library.dependencies.SliceIdentifier getIdentifierOf(JavaClass type) {
            for (String part : type.getPackageName().split("\\.")) {
                String signal = SIGNALS.get(part);
                if (signal != null) {
                    return com.tngtech.archunit.library.dependencies.SliceIdentifier.of(signal);
                }
            }
            return com.tngtech.archunit.library.dependencies.SliceIdentifier.ignore();
        }
    }

    /// Keeps the rules honest: they must see classes at all.
    @ArchTest
    static final ArchRule THE_GRID_IS_NOT_EMPTY = ArchRuleDefinition.classes()
            .that(DescribedPredicate.describe(
                    "stand on the ground", type -> topPackage(type).equals("fault")))
            .should()
            .bePublic();
}
