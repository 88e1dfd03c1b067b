package io.lambdascope.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Matcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateVariablesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    rate(m{a="$x", b=~"$y/z", c!~"${w:regex}.*"}[$__rate_interval]) | rate(m{a="x", b=~".*/z", c!~".*.*"}[1m])
                    increase(m[$__range]) > $limit         | increase(m[1h]) > 1
                    max_over_time(m[$__range:$interval])   | max_over_time(m[1h:1m])
                    sum by (${group}) (m)                  | sum by (x) (m)
                    label_replace(m, "a", "$1", "b", "$y") | label_replace(m, "a", "$1", "b", "$y")
                    """)
    void fills(String query, String filled) {
        assertThat(TemplateVariables.fill(query)).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource({"a|b,a", "X,X", "'[^a]+x',xx", "5..,5xx", "'(?:a|b)\\.c',a.c", ".+,x", "api/v1/.*,api/v1/x"})
    void regexExamplesMatch(String regex, String example) {
        assertThat(RegexExample.of(regex)).isEqualTo(example);
        assertThat(Matcher.of("l", Matcher.Op.REGEX, regex).matches(example)).isTrue();
    }
}
