package io.lambdascope.block.metrics;

import io.lambdascope.block.ColumnTypes;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.block.LengthsFirst;
import io.lambdascope.block.RowSelector;
import io.lambdascope.fault.Fault;
import io.lambdascope.source.metrics.MetricsScan;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/// Names and schemas of the tables of a block of metrics, as `docs/formats/metrics-block.md` tells them.
final class MetricsBlockFormat {
    static final String SERIES = "series.parquet";
    static final String EXEMPLARS = "exemplars.parquet";
    static final String METADATA = "metadata.parquet";

    /// The versions that this build reads; the last one is written.
    enum Version {
        V1("metrics-block/v1");

        static final Version CURRENT = V1;

        private final String text;

        Version(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /// @throws Fault UNSUPPORTED if `text` names none that is known here
        static Version of(String text) {
            for (Version version : values()) {
                if (version.text.equals(text)) {
                    return version;
                }
            }
            throw Fault.unsupported("block has format %s, known is %s", text, CURRENT.text);
        }
    }

    static final String HASH = "series_hash";
    static final String MIN_TIME = "min_time";
    static final String MAX_TIME = "max_time";
    static final String SAMPLES = "samples";
    static final String TIMES = "times";
    static final String VALUES = "values";
    static final String STARTS = "starts";

    static final String TIME = "time";
    static final String VALUE = "value";
    static final String EXEMPLAR_LABELS = "exemplar_labels";

    static final String FAMILY = "family";
    static final String TYPE = "type";
    static final String HELP = "help";
    static final String UNIT = "unit";

    private static final int MAX_DICTIONARY_BYTES = 4 << 20;

    private MetricsBlockFormat() {}

    /// What a scan wants of a table with label columns.
    ///
    /// @param minTime the column of a row's first moment
    /// @param maxTime the column of its last moment, may be the same
    static RowSelector.Wanted wanted(MetricsScan request, String minTime, String maxTime) {
        return new RowSelector.Wanted(
                request.matchers(),
                request.shard(),
                HASH,
                minTime,
                maxTime,
                request.range().fromMillis(),
                request.range().lastMillis());
    }

    static MessageType series(LabelColumns labels) {
        List<Type> columns = labels.types();
        columns.add(ColumnTypes.number(HASH));
        columns.add(ColumnTypes.time(MIN_TIME, TimeUnit.MILLIS));
        columns.add(ColumnTypes.time(MAX_TIME, TimeUnit.MILLIS));
        columns.add(Types.required(PrimitiveTypeName.INT32).named(SAMPLES));
        columns.add(Types.required(PrimitiveTypeName.BINARY).named(TIMES));
        columns.add(Types.required(PrimitiveTypeName.BINARY).named(VALUES));
        columns.add(Types.optional(PrimitiveTypeName.BINARY).named(STARTS));
        return new MessageType("series", columns);
    }

    static MessageType exemplars(LabelColumns labels) {
        List<Type> columns = labels.types();
        columns.add(ColumnTypes.time(TIME, TimeUnit.MILLIS));
        columns.add(Types.required(PrimitiveTypeName.DOUBLE).named(VALUE));
        columns.add(ColumnTypes.map(EXEMPLAR_LABELS));
        return new MessageType("exemplars", columns);
    }

    static MessageType metadata() {
        return new MessageType(
                "metadata",
                Stream.of(FAMILY, TYPE, HELP, UNIT)
                        .<Type>map(ColumnTypes::requiredString)
                        .toList());
    }

    static ParquetProperties properties(MetricsBlockSettings settings) {
        return ParquetProperties.builder()
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
                .withValuesWriterFactory(new LengthsFirst(VALUES))
                .withPageSize(settings.pageBytes())
                .withDictionaryPageSize(MAX_DICTIONARY_BYTES)
                .withMinRowCountForPageSizeCheck(4)
                .withMaxRowCountForPageSizeCheck(256)
                .withDictionaryEncoding(true)
                .withDictionaryEncoding(VALUES, false)
                .withDictionaryEncoding(HASH, false)
                .withStatisticsEnabled(VALUES, false)
                .withStatisticsEnabled(TIMES, false)
                .withStatisticsEnabled(STARTS, false)
                .withStatisticsEnabled(HASH, false)
                .withSizeStatisticsEnabled(false)
                .withPageWriteChecksumEnabled(true)
                .build();
    }
}
