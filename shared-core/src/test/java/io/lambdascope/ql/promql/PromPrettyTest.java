package io.lambdascope.ql.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromPrettyTest {
    @Test
    void keepsShortQueriesOnOneLine() {
        assertThat(PromPrinter.pretty(PromParser.parse("sum( rate(a[5m]) )  by(x)")))
                .isEqualTo("sum by (x) (rate(a[5m]))");
    }

    @Test
    void breaksLongOnesOpen() {
        String query = """
                sum by (job) (rate(http_requests_total{code=~"5..", handler="/api/v1/query_range"}[5m])) \
                / on (job) group_left () \
                topk(3, (sum by (job) (rate(http_requests_total{handler="/api/v1/query_range", environment="prod"}[5m]))))""";
        assertThat(PromPrinter.pretty(PromParser.parse(query))).isEqualTo("""
                  sum by (job) (rate(http_requests_total{code=~"5..",handler="/api/v1/query_range"}[5m]))
                / on (job) group_left ()
                  topk(
                    3,
                    (sum by (job) (rate(http_requests_total{handler="/api/v1/query_range",environment="prod"}[5m])))
                  )""");
    }
}
