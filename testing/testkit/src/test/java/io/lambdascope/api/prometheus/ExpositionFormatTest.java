package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionFormatTest {
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
    private static final String FAMILIES = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | TEXT | UNDERSCORES",
                "'' | TEXT | UNDERSCORES",
                "*/* | TEXT | UNDERSCORES",
                "text/plain;version=0.0.4 | TEXT | UNDERSCORES",
                "text/plain | TEXT | UNDERSCORES",
                "image/png | TEXT | UNDERSCORES",
                // Prometheus 2.42, without and with native histograms
                OPEN_METRICS + ",application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,"
                        + "*/*;q=0.1 | TEXT | UNDERSCORES",
                FAMILIES + ";encoding=delimited," + OPEN_METRICS + ";q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
                        + " | PROTOBUF | UNDERSCORES",
                // Prometheus 3
                OPEN_METRICS + ";escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1"
                        + " | TEXT | ALLOW_UTF_8",
                FAMILIES + ";encoding=delimited;escaping=allow-utf-8;q=0.6," + OPEN_METRICS + ";q=0.5"
                        + " | PROTOBUF | ALLOW_UTF_8",
                // the best, wherever it stands
                "text/plain;q=0.4, " + FAMILIES + "; encoding=\"delimited\"; q=0.9 | PROTOBUF | UNDERSCORES",
                FAMILIES + ";encoding=delimited;q=0.3, text/plain;q=0.9 | TEXT | UNDERSCORES",
                FAMILIES + ";encoding=delimited;q=0 | TEXT | UNDERSCORES",
                // forms that we do not write
                FAMILIES + ";encoding=text | TEXT | UNDERSCORES",
                "application/vnd.google.protobuf;proto=Other;encoding=delimited | TEXT | UNDERSCORES",
                "text/plain;escaping=nonsense | TEXT | UNDERSCORES",
                "text/plain;escaping=dots | TEXT | DOTS",
                ";;=,q=,text | TEXT | UNDERSCORES",
            })
    void isWhatTheClientLikesBest(String accept, ExpositionFormat.Kind kind, ExposedNames names) {
        assertThat(ExpositionFormat.accepted(accept)).isEqualTo(new ExpositionFormat(kind, names));
    }
}
