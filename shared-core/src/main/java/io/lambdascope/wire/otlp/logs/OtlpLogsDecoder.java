package io.lambdascope.wire.otlp.logs;

import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.OtlpLogsSettings;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.model.logs.ServiceName;
import io.lambdascope.wire.ProtoReader;
import java.util.function.IntUnaryOperator;

/// Reads an `ExportLogsServiceRequest` (opentelemetry-proto `collector/logs/v1/logs_service.proto`,
/// `logs/v1/logs.proto`) straight into streams and entries, as Loki does it; where it differs stands in
/// `docs/adr/0067-otlp-logs-become-entries.md`.
public final class OtlpLogsDecoder {
    /*
     * Fields come in any order: each message is walked over twice, for what it says itself and then for what it holds.
     * What resource and scope say is repeated in each entry, as numbers of symbols.
     */
    private static final int RESOURCE_LOGS = 1 << 3 | LENGTH;
    private static final int RESOURCE = 1 << 3 | LENGTH;
    private static final int RESOURCE_ATTRIBUTES = 1 << 3 | LENGTH;
    private static final int SCOPE_LOGS = 2 << 3 | LENGTH;
    private static final int SCOPE = 1 << 3 | LENGTH;
    private static final int SCOPE_NAME = 1 << 3 | LENGTH;
    private static final int SCOPE_VERSION = 2 << 3 | LENGTH;
    private static final int SCOPE_ATTRIBUTES = 3 << 3 | LENGTH;
    private static final int SCOPE_DROPPED_ATTRIBUTES = 4 << 3 | VARINT;
    private static final int LOG_RECORDS = 2 << 3 | LENGTH;

    /*
     * Each record repeats its resource and scope, so a request may unfold to the square of its size. These are some
     * ten times what an honest one does, however small its records are.
     */
    private static final int MAX_PAIRS = 16 << 20;
    private static final int FREE_PAIRS = 1 << 16;
    private static final int MAX_PAIRS_PER_BYTE = 3;

    private final ProtoReader in;
    private final LogsBatch batch = new LogsBatch();
    private final SymbolTable symbols = batch.symbols();
    private final LogAttributes resource;
    private final LogAttributes scope;
    private final LogRecordReader record;
    /// what scope and resource say, sorted
    private final SymbolPairs around = new SymbolPairs();
    private final SymbolPairs stream = new SymbolPairs();
    private final SymbolPairs labels = new SymbolPairs();
    private final ServiceName serviceName;
    private final IntUnaryOperator ofResource = this::ofResource;
    private final long maxPairs;
    private long pairs;

    private OtlpLogsDecoder(byte[] message, OtlpLogsSettings settings, long nowNanos) {
        this.in = new ProtoReader(message);
        this.maxPairs = Math.min(MAX_PAIRS, FREE_PAIRS + (long) MAX_PAIRS_PER_BYTE * message.length);
        this.serviceName = new ServiceName(symbols, settings.serviceNameSources());
        this.resource = new LogAttributes(in, symbols, settings::ofResource);
        this.scope = new LogAttributes(in, symbols, settings::ofScope);
        this.record = new LogRecordReader(in, symbols, settings, nowNanos);
    }

    /// @param nowNanos the time of records that have none
    /// @return an entry for each log record
    /// @throws Fault BAD_REQUEST if `message` is not what it should be, TOO_LARGE if it unfolds to more than can be
    ///     held
    public static LogsBatch decode(byte[] message, OtlpLogsSettings settings, long nowNanos) {
        OtlpLogsDecoder decoder = new OtlpLogsDecoder(message, settings, nowNanos);
        decoder.readRequest();
        return decoder.batch;
    }

    private void readRequest() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == RESOURCE_LOGS) {
                readResourceLogs();
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readResourceLogs() {
        int outer = in.enter();
        int from = in.position();
        resource.clear();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == RESOURCE) {
                readResource();
            } else {
                in.skipField(tag);
            }
        }
        nameService();
        in.moveTo(from);
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == SCOPE_LOGS) {
                readScopeLogs();
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void readResource() {
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == RESOURCE_ATTRIBUTES) {
                resource.read();
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void nameService() {
        int service = serviceName.discover(ofResource);
        if (service >= 0) {
            resource.labels().add(serviceName.label(), service);
        }
    }

    /// Attributes that are no labels may tell the service, too.
    private int ofResource(int name) {
        int label = resource.labels().value(name);
        return label >= 0 ? label : resource.metadata().value(name);
    }

    private void readScopeLogs() {
        int outer = in.enter();
        int from = in.position();
        around.clear();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == SCOPE) {
                readScope();
            } else {
                in.skipField(tag);
            }
        }
        around.addAll(resource.metadata());
        around.sort(symbols);
        in.moveTo(from);
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == LOG_RECORDS) {
                record.read();
                addEntry();
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void readScope() {
        scope.clear();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case SCOPE_NAME -> ofScope("scope_name", in.text());
                case SCOPE_VERSION -> ofScope("scope_version", in.text());
                case SCOPE_ATTRIBUTES -> scope.read();
                case SCOPE_DROPPED_ATTRIBUTES -> {
                    long count = in.varint();
                    ofScope("scope_dropped_attributes_count", count == 0 ? "" : Long.toString(count));
                }
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        around.addAll(scope.metadata());
    }

    private void ofScope(String name, String value) {
        if (!value.isEmpty()) {
            around.add(symbols.intern(name), symbols.intern(value));
        }
    }

    private void addEntry() {
        labels.clear();
        labels.addAll(record.labels());
        labels.addAll(resource.labels());
        if (batch.streamCount() == 0 || !labels.same(stream)) {
            stream.clear();
            stream.addAll(labels);
            unfold(labels.count());
            batch.startStream();
            stream.writeTo(batch.streams());
            batch.streams().sortLast();
        }
        unfold(record.metadata().count() + around.count());
        batch.addEntry(record.timeNanos(), record.line(), record.lineFrom(), record.lineLength());
        record.metadata().writeTo(batch.metadata());
        around.writeTo(batch.metadata());
        batch.metadata().sortLast();
    }

    private void unfold(int count) {
        pairs += count;
        if (pairs > maxPairs) {
            throw new Fault(
                    FaultKind.TOO_LARGE,
                    "the request unfolds to more than %d labels and pieces of structured metadata; send smaller batches"
                            .formatted(maxPairs));
        }
    }
}
