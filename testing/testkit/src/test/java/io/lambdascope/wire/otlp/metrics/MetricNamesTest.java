package io.lambdascope.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names as Prometheus makes them (prometheus/otlptranslator `metric_namer_test.go`, `unit_namer_test.go`).
class MetricNamesTest {
    private static String name(String name, String unit, String kind, TranslationStrategy strategy) {
        return MetricNames.of(name, unit == null ? "" : unit, kind.equals("counter"), kind.equals("gauge"), strategy);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        system.io                      | By       | counter | system_io_bytes_total
        system.io                      | By       | sum     | system_io_bytes
        network_transmitted_bytes_total| By       | counter | network_transmitted_bytes_total
        total_requests                 | 1        | counter | requests_total
        memory.usage.bytes             | By       | gauge   | memory_usage_bytes
        hw.gpu.memory.utilization      | 1        | gauge   | hw_gpu_memory_utilization_ratio
        ratio.of.things                | 1        | gauge   | of_things_ratio
        system.cpu.utilization         | 1        | sum     | system_cpu_utilization
        broken.metric.speed            | km/h     | gauge   | broken_metric_speed_km_per_hour
        astro.light.speed_limit        | m/s      | gauge   | astro_light_speed_limit_meters_per_second
        system.network.dropped         | {packets}| counter | system_network_dropped_total
        system.network.packets         | {packets}/s | gauge | system_network_packets_per_second
        per.second.already.per_second  | By/s     | gauge   | per_second_already_per_second_bytes_per_second
        disk.rate                      | " By / s " | gauge | disk_rate_bytes_per_second
        container.speed                | By/{req} | gauge   | container_speed_bytes
        temperature                    | Cel      | gauge   | temperature_celsius
        load                           | %        | gauge   | load_percent
        ""                             | s        | gauge   | seconds
        unknown.unit                   | furlong/fortnight | gauge | unknown_unit_furlong_per_fortnight
        1more                          | ""       | gauge   | _1more
        weird..name__with$$signs       | ""       | gauge   | weird_name_with_signs
        colons:stay                    | ""       | gauge   | colons:stay
        .leading.and.trailing.         | ""       | gauge   | leading_and_trailing
        größe                          | ""       | gauge   | gr_e
        http.server.duration           | ms       | histogram | http_server_duration_milliseconds
        process.memory                 | TiBy     | gauge   | process_memory_tebibytes
        $$$                            | ""       | gauge   | ""
        area                           | m²       | gauge   | area_m
        """)
    void areEscapedAndGetSuffixes(String name, String unit, String kind, String expected) {
        assertThat(name(name, unit, kind, TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', textBlock = """
        system.io             | By | counter | system_io
        total_requests        | 1  | counter | total_requests
        a__b                  | 1  | gauge   | a__b
        a..b                  | 1  | gauge   | a_b
        1more                 | 1  | gauge   | _1more
        """)
    void areEscapedAlone(String name, String unit, String kind, String expected) {
        assertThat(name(name, unit, kind, TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', textBlock = """
        system.io             | By   | counter | system.io_bytes_total
        system.io.total       | By   | counter | system.io_bytes_total
        system.io_total       | By   | counter | system.io_bytes_total
        system.io.bytes       | By   | gauge   | system.io.bytes
        cpu.ratio             | 1    | gauge   | cpu_ratio
        größe                 | m/s  | gauge   | größe_meters_per_second
        größe.per_second      | m/s  | gauge   | größe_meters_per_second
        total                 | 1    | counter | total_total
        1more                 | m²   | gauge   | 1more_m²
        """)
    void getSuffixesAlone(String name, String unit, String kind, String expected) {
        assertThat(name(name, unit, kind, TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"system.io.total, By, counter", "größe, m/s, gauge", "1more, 1, gauge"})
    void areLeftAsTheyAre(String name, String unit, String kind) {
        assertThat(name(name, unit, kind, TranslationStrategy.NO_TRANSLATION)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        s         | seconds
        By/s      | bytes_per_second
        1/s       | per_second
        {request} | ""
        1         | ""
        """)
    void unitsOfMetadata(String unit, String expected) {
        Arrays.stream(TranslationStrategy.values())
                .forEach(strategy ->
                        assertThat(MetricUnit.of(unit, strategy).text()).isEqualTo(expected));
    }
}
