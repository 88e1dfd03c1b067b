package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.model.logs.LogEntries.MetadataColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The labels of the line at hand: those of its stream, its structured metadata and what was parsed.
final class LineLabels {
    /*
     * A name is looked up in the stream, then in the metadata, then in what was parsed. Who loses a name gets it with
     * `_extracted` behind it: metadata that a stream label hides as soon as the run begins, a parsed label when it is
     * found. A label that a stage sets is a parsed one and hides the others.
     */
    static final String ERROR = "__error__";
    static final String ERROR_DETAILS = "__error_details__";

    /// What a line says beyond so many labels is left out.
    private static final int MAX_PARSED = 10_000;

    /// More names than a telemetry source has; lines of random keys bring as many as they like.
    private static final int MAX_NAMES = 50_000;

    private Map<String, LabelName> names = new HashMap<>();
    private final Map<String, LabelName> pinned = new HashMap<>();
    private int nextId;
    private int generation;

    private long stream;
    private Labels streamLabels = Labels.EMPTY;
    private LabelName[] streamNames = new LabelName[0];

    private long run;
    private @Nullable LogEntries entries;
    private LabelName[] metadataNames = new LabelName[0];
    private int metadataCount;

    private long line;
    private int entry;
    private LabelName[] parsedNames = new LabelName[16];
    private String[] parsedValues = new String[16];
    private int parsedCount;
    private boolean removed;

    private @Nullable String error;
    private String errorDetails = "";

    private final LabelName errorName = pinned(ERROR);
    private final LabelName errorDetailsName = pinned(ERROR_DETAILS);

    /// A name that a stage refers to; it stays the same as long as the pipeline lives.
    LabelName pinned(String name) {
        return pinned.computeIfAbsent(name, this::name);
    }

    /// A name found in data: the same until [#generation] changes.
    LabelName name(String name) {
        LabelName known = names.get(name);
        if (known == null) {
            known = new LabelName(name, nextId++);
            names.put(name, known);
        }
        return known;
    }

    /// Changes when names found in data are forgotten.
    int generation() {
        return generation;
    }

    void startStream(Labels labels) {
        stream++;
        streamLabels = labels;
        streamNames = new LabelName[labels.size()];
        for (int i = 0; i < streamNames.length; i++) {
            LabelName name = name(labels.name(i));
            name.stream = stream;
            name.streamValue = labels.value(i);
            streamNames[i] = name;
        }
    }

    void startRun(LogEntries entries) {
        run++;
        this.entries = entries;
        metadataNames = new LabelName[entries.metadata().size()];
        metadataCount = 0;
        for (MetadataColumn column : entries.metadata()) {
            LabelName name = name(column.name());
            if (name.stream != stream) {
                setColumn(name, column);
            }
        }
        for (MetadataColumn column : entries.metadata()) {
            LabelName name = name(column.name());
            if (name.stream == stream && extracted(name).run != run) {
                setColumn(extracted(name), column);
            }
        }
    }

    private void setColumn(LabelName name, MetadataColumn column) {
        name.run = run;
        name.column = column;
        metadataNames[metadataCount++] = name;
    }

    void startLine(int entry) {
        if (names.size() > MAX_NAMES) {
            forgetNames();
        }
        line++;
        this.entry = entry;
        parsedCount = 0;
        removed = false;
        error = null;
        errorDetails = "";
    }

    private void forgetNames() {
        names = new HashMap<>(pinned);
        pinned.values().forEach(name -> name.extracted = null);
        generation++;
        startStream(streamLabels);
        if (entries != null) {
            startRun(entries);
        }
    }

    LabelName extracted(LabelName name) {
        LabelName extracted = name.extracted;
        if (extracted == null) {
            extracted = name(name.name + LabelName.EXTRACTED);
            name.extracted = extracted;
        }
        return extracted;
    }

    /// The value of a label, which may be empty; null if there is none.
    @Nullable
    String get(LabelName name) {
        if (name.parsedIn == line) {
            return parsedValues[name.slot];
        }
        if (name.removedIn == line) {
            return null;
        }
        if (hasMetadata(name) && name.column != null) {
            return name.column.value(entry);
        }
        if (name.stream == stream) {
            return name.streamValue;
        }
        return name == errorName ? error : name == errorDetailsName && error != null ? errorDetails : null;
    }

    private boolean hasMetadata(LabelName name) {
        return name.run == run && name.removedIn != line && name.column != null && name.column.has(entry);
    }

    /// Whether the stream has the label.
    boolean isOfStream(LabelName name) {
        return name.stream == stream;
    }

    /// The name under which a parser has to file what it finds as `name`.
    LabelName filedAs(LabelName name) {
        return name.stream == stream || hasMetadata(name) ? extracted(name) : name;
    }

    /// Whether the line has as many parsed labels as it may.
    boolean areFull() {
        return parsedCount >= MAX_PARSED;
    }

    /// Notes that a parser has found a label; false if one had before, whose value stays.
    boolean find(LabelName name) {
        if (name.foundIn == line) {
            return false;
        }
        name.foundIn = line;
        return true;
    }

    /// Gives the line a label, in place of any other of that name.
    void set(LabelName name, String value) {
        if (name.parsedIn != line) {
            if (parsedCount == parsedNames.length) {
                parsedNames = Arrays.copyOf(parsedNames, 2 * parsedCount);
                parsedValues = Arrays.copyOf(parsedValues, 2 * parsedCount);
            }
            name.parsedIn = line;
            name.slot = parsedCount++;
            parsedNames[name.slot] = name;
            name.removedIn = line;
            removed = true;
        }
        parsedValues[name.slot] = value;
    }

    /// Takes a label away from the line.
    void remove(LabelName name) {
        if (name == errorName) {
            error = null;
            return;
        }
        if (name == errorDetailsName) {
            errorDetails = "";
            return;
        }
        name.parsedIn = 0;
        name.removedIn = line;
        removed = true;
    }

    void fail(String error, String details) {
        this.error = error;
        this.errorDetails = details;
    }

    @Nullable
    String error() {
        return error;
    }

    String errorDetails() {
        return errorDetails;
    }

    /// Whether the line has just the labels of its stream.
    boolean isPlain() {
        if (removed || error != null) {
            return false;
        }
        for (int i = 0; i < metadataCount; i++) {
            if (hasMetadata(metadataNames[i])) {
                return false;
            }
        }
        return true;
    }

    Labels streamLabels() {
        return streamLabels;
    }

    void forEach(LabelCategory category, BiConsumer<LabelName, String> action) {
        switch (category) {
            case STREAM -> {
                for (LabelName name : streamNames) {
                    if (name.removedIn != line && !hasMetadata(name)) {
                        action.accept(name, name.streamValue);
                    }
                }
            }
            case STRUCTURED_METADATA -> {
                for (int i = 0; i < metadataCount; i++) {
                    LabelName name = metadataNames[i];
                    if (hasMetadata(name) && name.column != null) {
                        action.accept(name, name.column.value(entry));
                    }
                }
            }
            case PARSED -> {
                for (int i = 0; i < parsedCount; i++) {
                    LabelName name = parsedNames[i];
                    if (name.parsedIn == line && name.slot == i) {
                        action.accept(name, parsedValues[i]);
                    }
                }
                if (error != null) {
                    action.accept(errorName, error);
                    if (!errorDetails.isEmpty()) {
                        action.accept(errorDetailsName, errorDetails);
                    }
                }
            }
        }
    }

    void forEach(BiConsumer<LabelName, String> action) {
        for (LabelCategory category : LabelCategory.ALL) {
            forEach(category, action);
        }
    }
}
