package io.lambdascope.block.logs;

import io.lambdascope.block.ColumnTypes;
import io.lambdascope.block.LengthsFirst;
import io.lambdascope.block.RowSelector;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.source.logs.LogsScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/// Names and schemas of the tables of a block of logs, as `docs/formats/logs-block.md` tells them.
final class LogsBlockFormat {
    static final String ENTRIES = "entries.parquet";
    static final String STREAMS = "streams.parquet";
    static final String PAGES = "pages.parquet";

    /// The versions that this build reads; the last one is written.
    enum Version {
        V1("logs-block/v1");

        static final Version CURRENT = V1;

        private final String text;

        Version(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /// @throws Fault UNSUPPORTED if `table` has a format that is not known here, CORRUPT_DATA if it has none
        static Version of(TableReader table) {
            String text = table.format();
            for (Version version : values()) {
                if (version.text.equals(text)) {
                    return version;
                }
            }
            throw Fault.unsupported("block has format %s, known is %s", text, CURRENT.text);
        }
    }

    static final String TIME = "time";
    static final String LINE = "line";
    static final String METADATA_PREFIX = "metadata_";
    static final String[] REST_KEYS = {"metadata_rest", "key_value", "key"};
    static final String[] REST_VALUES = {"metadata_rest", "key_value", "value"};

    static final String HASH = "stream_hash";
    static final String FIRST_ROW = "first_row";
    static final String ENTRY_COUNT = "entries";
    static final String BYTES = "bytes";
    static final String MIN_TIME = "min_time";
    static final String MAX_TIME = "max_time";

    static final String ROWS = "rows";
    static final String WORDS = "words";
    static final String NUMBERS = "numbers";
    static final String METADATA = "metadata";

    private static final int MAX_DICTIONARY_BYTES = 1 << 20;

    /// Rows of [#PAGES] that share a page of theirs.
    private static final int INDEX_PAGE_BYTES = 256 << 10;

    private LogsBlockFormat() {}

    /// What `request` wants of [#STREAMS].
    static RowSelector.Wanted wanted(LogsScan request) {
        return new RowSelector.Wanted(
                request.matchers(),
                request.shard(),
                HASH,
                MIN_TIME,
                MAX_TIME,
                request.range().fromNanos(),
                request.range().toNanos() - 1);
    }

    static MessageType entries(LogsColumns columns) {
        List<Type> types = new ArrayList<>(columns.labels().types());
        types.add(ColumnTypes.time(TIME, TimeUnit.NANOS));
        types.add(ColumnTypes.requiredString(LINE));
        for (String key : columns.metadata().names()) {
            types.add(ColumnTypes.optionalString(METADATA_PREFIX + key));
        }
        if (columns.metadata().rest()) {
            types.add(ColumnTypes.map(REST_KEYS[0]));
        }
        return new MessageType("entries", types);
    }

    static MessageType streams(LogsColumns columns) {
        List<Type> types = new ArrayList<>(columns.labels().types());
        types.add(ColumnTypes.number(HASH));
        types.add(ColumnTypes.number(FIRST_ROW));
        types.add(ColumnTypes.number(ENTRY_COUNT));
        types.add(ColumnTypes.number(BYTES));
        types.add(ColumnTypes.time(MIN_TIME, TimeUnit.NANOS));
        types.add(ColumnTypes.time(MAX_TIME, TimeUnit.NANOS));
        return new MessageType("streams", types);
    }

    static MessageType pages() {
        return new MessageType(
                "pages",
                ColumnTypes.number(FIRST_ROW),
                ColumnTypes.number(ROWS),
                ColumnTypes.time(MIN_TIME, TimeUnit.NANOS),
                ColumnTypes.time(MAX_TIME, TimeUnit.NANOS),
                Types.required(PrimitiveTypeName.BINARY).named(WORDS),
                Types.required(PrimitiveTypeName.BINARY).named(NUMBERS),
                Types.required(PrimitiveTypeName.BINARY).named(METADATA));
    }

    static ParquetProperties entryProperties(LogsBlockSettings settings) {
        return base(new LengthsFirst(LINE))
                .withPageSize(settings.pageBytes())
                .withStatisticsEnabled(LINE, false)
                .withDictionaryEncoding(LINE, false)
                .build();
    }

    static ParquetProperties indexProperties() {
        return base(new LengthsFirst(WORDS, NUMBERS, METADATA))
                .withPageSize(INDEX_PAGE_BYTES)
                .withStatisticsEnabled(WORDS, false)
                .withStatisticsEnabled(NUMBERS, false)
                .withStatisticsEnabled(METADATA, false)
                .build();
    }

    private static ParquetProperties.Builder base(LengthsFirst values) {
        return ParquetProperties.builder()
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
                .withValuesWriterFactory(values)
                .withDictionaryPageSize(MAX_DICTIONARY_BYTES)
                .withMinRowCountForPageSizeCheck(1)
                .withMaxRowCountForPageSizeCheck(64)
                .withDictionaryEncoding(true)
                .withSizeStatisticsEnabled(false)
                .withPageWriteChecksumEnabled(true);
    }
}
