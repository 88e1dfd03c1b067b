package io.lambdascope.wire.otlp.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.OtlpLogsSettings;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.wire.DamagedBytes;
import io.lambdascope.wire.otlp.JsonTranscoder;
import io.lambdascope.wire.otlp.MessageEncoder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpLogsDecoderTest {
    private static final long NOW = OtlpLogsCase.NOW_SECONDS * 1_000_000_000L;
    private static final int MAX_BYTES = 1 << 20;

    static Stream<OtlpLogsCase> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(OtlpLogsDecoderTest.class.getResourceAsStream("/otlp/logs.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(text.strip().split("\n\n+"))
                    .map(lines -> OtlpLogsCase.of(lines.lines().toList()));
        }
    }

    private static byte[] protobuf(String json) {
        return JsonTranscoder.toProtobuf(json.getBytes(StandardCharsets.UTF_8), LogsShapes.REQUEST, MAX_BYTES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void becomesTheseEntries(OtlpLogsCase wanted) {
        List<LogItem> items = LogItem.of(OtlpLogsDecoder.decode(protobuf(wanted.json()), wanted.settings(), NOW));
        assertThat(items.stream().map(OtlpLogsCase::text)).isEqualTo(wanted.entries());
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(17).longs(30));
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /// A request, and in `expected` the entries that it should become.
    private static ExportLogsServiceRequest random(Random random, List<LogItem> expected) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (int r = random.nextInt(3); r >= 0; r--) {
            Resource.Builder resource = Resource.newBuilder().addAttributes(attribute("service.name", "s" + r));
            Labels stream = Labels.of("service_name", "s" + r);
            Labels.Builder around = new Labels.Builder();
            if (random.nextBoolean()) {
                resource.addAttributes(attribute("host.name", "h" + r));
                around.set("host_name", "h" + r);
            }
            ScopeLogs.Builder scope = ScopeLogs.newBuilder();
            if (random.nextBoolean()) {
                scope.setScope(InstrumentationScope.newBuilder().setName("lib"));
                around.set("scope_name", "lib");
            }
            for (int i = random.nextInt(5); i > 0; i--) {
                expected.add(item(scope.addLogRecordsBuilder(), random, stream, around.build()));
            }
            request.addResourceLogs(
                    ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope));
        }
        return request.build();
    }

    private static LogItem item(LogRecord.Builder out, Random random, Labels stream, Labels around) {
        Labels.Builder metadata = new Labels.Builder();
        around.forEach(metadata::set);
        long time = NOW + random.nextInt(1_000_000);
        out.setTimeUnixNano(time);
        String line = random.nextInt(4) == 0 ? "" : "line ✓ " + random.nextInt(100);
        if (!line.isEmpty()) {
            out.setBody(AnyValue.newBuilder().setStringValue(line));
        }
        if (random.nextBoolean()) {
            out.setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN).setSeverityText("WARN");
            metadata.set("severity_number", "13").set("severity_text", "WARN");
        }
        if (random.nextBoolean()) {
            byte[] id = new byte[16];
            random.nextBytes(id);
            id[0] = 1;
            out.setTraceId(ByteString.copyFrom(id)).setFlags(0x80000001);
            metadata.set("trace_id", HexFormat.of().formatHex(id)).set("flags", "2147483649");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = random.nextBoolean() ? "key." + i : "käy" + i;
            out.addAttributes(attribute(key, "v" + i));
            metadata.set(LabelText.escapeName(key), "v" + i);
        }
        return new LogItem(stream, time, line, metadata.build());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fieldsInAnyOrderAndBothEncodingsSayTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            List<LogItem> expected = new ArrayList<>();
            ExportLogsServiceRequest request = random(random, expected);
            byte[] plain = request.toByteArray();
            assertThat(LogItem.of(OtlpLogsDecoder.decode(plain, OtlpLogsSettings.DEFAULTS, 0)))
                    .isEqualTo(expected);
            List<LogItem> json = LogItem.of(OtlpLogsDecoder.decode(
                    protobuf(new MessageEncoder(random).json(request)), OtlpLogsSettings.DEFAULTS, 0));
            List<LogItem> shuffled = LogItem.of(
                    OtlpLogsDecoder.decode(new MessageEncoder(random).protobuf(request), OtlpLogsSettings.DEFAULTS, 0));
            assertThat(json).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(shuffled).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /// Whatever bytes come, a fault that says so is the worst that happens.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedRequestsAreRefused(long seed) {
        Random random = new Random(seed);
        SplittableRandom damage = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            byte[] message = random(random, new ArrayList<>()).toByteArray();
            try {
                OtlpLogsDecoder.decode(DamagedBytes.of(message, damage), OtlpLogsSettings.DEFAULTS, 0);
            } catch (Fault fault) {
                assertThat(fault.kind()).isEqualTo(FaultKind.BAD_REQUEST);
            }
        }
    }

    private static AnyValue map(String key, AnyValue value) {
        KeyValueList.Builder entries = KeyValueList.newBuilder()
                .addValues(KeyValue.newBuilder().setKey(key).setValue(value));
        return AnyValue.newBuilder().setKvlistValue(entries).build();
    }

    static Stream<AnyValue> tooDeep() {
        AnyValue maps = AnyValue.newBuilder().setIntValue(1).build();
        AnyValue arrays = maps;
        for (int i = 0; i < 70; i++) {
            maps = map("a", maps);
            arrays = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(arrays))
                    .build();
        }
        return Stream.of(maps, arrays, map("k".repeat(5000), AnyValue.getDefaultInstance()));
    }

    @ParameterizedTest
    @MethodSource("tooDeep")
    void whatIsNestedTooDeepIsRefused(AnyValue value) {
        LogRecord record = LogRecord.newBuilder()
                .addAttributes(KeyValue.newBuilder().setKey("a").setValue(value))
                .build();
        byte[] message = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .build()
                .toByteArray();
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> OtlpLogsDecoder.decode(message, OtlpLogsSettings.DEFAULTS, 0))
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.BAD_REQUEST));
    }
}
