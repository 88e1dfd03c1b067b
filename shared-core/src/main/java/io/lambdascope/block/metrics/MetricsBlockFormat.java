package io.lambdascope.block.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV2ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.schema.LogicalTypeAnnotation;
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

    /// The key in every footer.
    static final String FORMAT_KEY = "lambdascope.format";

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

        /// @throws Fault CORRUPT_DATA if the footer names none, UNSUPPORTED if it names one that is not known here
        static Version of(Map<String, String> keyValues) {
            String text = keyValues.get(FORMAT_KEY);
            if (text == null) {
                throw Fault.corrupt("table has no %s in its footer", FORMAT_KEY);
            }
            for (Version version : values()) {
                if (version.text.equals(text)) {
                    return version;
                }
            }
            throw Fault.unsupported("block has format %s, known is %s", text, CURRENT.text);
        }
    }

    static final String METRIC = "metric";
    static final String LABEL_PREFIX = "label_";
    static final String[] REST_KEYS = {"labels_rest", "key_value", "key"};
    static final String[] REST_VALUES = {"labels_rest", "key_value", "value"};
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

    /// The column of a label.
    static String columnOf(String labelName) {
        return labelName.equals(Labels.NAME) ? METRIC : LABEL_PREFIX + labelName;
    }

    static MessageType series(LabelColumns labels) {
        List<Type> columns = labelTypes(labels);
        columns.add(Types.required(PrimitiveTypeName.INT64).named(HASH));
        columns.add(time(MIN_TIME));
        columns.add(time(MAX_TIME));
        columns.add(Types.required(PrimitiveTypeName.INT32).named(SAMPLES));
        columns.add(Types.required(PrimitiveTypeName.BINARY).named(TIMES));
        columns.add(Types.required(PrimitiveTypeName.BINARY).named(VALUES));
        columns.add(Types.optional(PrimitiveTypeName.BINARY).named(STARTS));
        return new MessageType("series", columns);
    }

    static MessageType exemplars(LabelColumns labels) {
        List<Type> columns = labelTypes(labels);
        columns.add(time(TIME));
        columns.add(Types.required(PrimitiveTypeName.DOUBLE).named(VALUE));
        columns.add(map(EXEMPLAR_LABELS));
        return new MessageType("exemplars", columns);
    }

    static MessageType metadata() {
        return new MessageType(
                "metadata",
                Stream.of(FAMILY, TYPE, HELP, UNIT)
                        .map(MetricsBlockFormat::requiredString)
                        .toList());
    }

    private static List<Type> labelTypes(LabelColumns labels) {
        List<Type> columns = new ArrayList<>();
        for (String name : labels.names()) {
            columns.add(Types.optional(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(columnOf(name)));
        }
        if (labels.rest()) {
            columns.add(map(REST_KEYS[0]));
        }
        return columns;
    }

    private static Type map(String name) {
        return Types.optionalMap()
                .key(requiredString("key"))
                .value(requiredString("value"))
                .named(name);
    }

    private static Type requiredString(String name) {
        return Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    private static Type time(String name) {
        return Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                .named(name);
    }

    static ParquetProperties properties(MetricsBlockSettings settings) {
        return ParquetProperties.builder()
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
                .withValuesWriterFactory(new ChunksAsTheyAre())
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

    /// Parquet's choices for version 2, but for chunks: their lengths in front and then their bytes untouched, since
    /// prefixes in common, which the default looks for, cost more than they save.
    private static final class ChunksAsTheyAre implements ValuesWriterFactory {
        private static final int SLAB_BYTES = 256;

        private final DefaultV2ValuesWriterFactory others = new DefaultV2ValuesWriterFactory();
        private int pageBytes;

        @Override
        public void initialize(ParquetProperties properties) {
            others.initialize(properties);
            pageBytes = properties.getPageSizeThreshold();
        }

        @Override
        public ValuesWriter newValuesWriter(ColumnDescriptor column) {
            if (column.getPath()[0].equals(VALUES)) {
                return new DeltaLengthByteArrayValuesWriter(
                        SLAB_BYTES, Math.max(SLAB_BYTES, pageBytes), HeapByteBufferAllocator.getInstance());
            }
            return others.newValuesWriter(column);
        }
    }
}
