package io.lambdascope.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogqlVariablesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "{job=\"$job\"} # {job=\"x\"}",
                "{job=~\"($ns)/.*\"} |~ \"$text\" # {job=~\"(.+)/.*\"} |~ \".+\"",
                "{job=`${job}`} |= \"a $filter\" # {job=`x`} |= \"a x\"",
                "{${filters}} ${levels} | json ${fields:raw} # {service_name=\"x\"}  | json",
                "sum by (${labelBy}) (rate({a=\"1\"} [$__auto])) # sum by (x) (rate({a=\"1\"} [1m]))",
                "rate({a=\"1\"} | line_format \"{{.cost}} $5\" [$__range]) # rate({a=\"1\"} | line_format \"{{.cost}} $5\" [1h])",
            })
    void fills(String query, String filled) {
        assertThat(LogqlVariables.fill(query).strip()).isEqualTo(filled);
    }
}
