package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.template.TemplateProgram;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.LogExpr.Unwrap;
import io.lambdascope.ql.logql.template.LineTemplate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The stages of a query, ready to run: takes the entries of a [io.lambdascope.source.logs.LogsCursor] run by run
/// and says of each whether it stays, and what became of its line and labels. For one thread; made once, used for
/// all entries.
///
/// For each run: [#startRun], then for the entries that stay after it, in any order, [#process]; after one that
/// returned true the results are there until the next call.
public final class LinePipeline {
    /*
     * Line filters look at all lines of a run at once, in the bytes they came in: most lines end there. They go first,
     * even before parsers that stand before them, since those neither change lines nor drop them; only what stands
     * behind a stage that changes the line waits for it. The lines that are left go through the stages one by one.
     */
    private final Line line = new Line();
    private final LineLabels labels = line.labelling();
    private final LabelSets sets = new LabelSets();
    private final List<LineFilter> filters = new ArrayList<>();
    private final List<LineStage> stages = new ArrayList<>();
    private final @Nullable UnwrapStage unwrap;
    private final Reduction reduction;
    private final LabelName[] reducedTo;
    private final boolean keepsErrors;

    private @Nullable Labels stream;
    private Labels streamResult = Labels.EMPTY;
    private @Nullable LogEntries run;
    private BitSet kept = new BitSet();
    private @Nullable Labels result;

    private LinePipeline(LogQuery query, @Nullable Unwrap unwrap, Reduction reduction) {
        this.reduction = withoutUnwrapped(reduction, unwrap);
        Needs needs = Needs.of(query, unwrap, reduction);
        boolean sameLine = true;
        for (Stage stage : query.stages()) {
            if (sameLine && stage instanceof Stage.LineFilter filter) {
                filters.add(LineFilter.of(filter));
            } else {
                stages.add(compile(stage, needs));
            }
            sameLine &= !changesLine(stage);
        }
        this.unwrap = unwrap == null ? null : new UnwrapStage(unwrap, labels);
        if (unwrap != null && this.unwrap != null) {
            stages.add(this.unwrap);
            unwrap.filters().forEach(filter -> stages.add(new LabelFilter(filter, labels)));
        }
        this.reducedTo = reduction instanceof Reduction.By by
                ? by.names().stream().sorted().map(labels::pinned).toArray(LabelName[]::new)
                : new LabelName[0];
        this.keepsErrors = reduction instanceof Reduction.By by
                && (by.names().contains(LineLabels.ERROR) || by.names().contains(LineLabels.ERROR_DETAILS));
    }

    /// The unwrapped label is no label of the sample, unless it is asked for.
    private static Reduction withoutUnwrapped(Reduction reduction, @Nullable Unwrap unwrap) {
        if (unwrap == null || !(reduction instanceof Reduction.Without without)) {
            return reduction;
        }
        List<String> names = new ArrayList<>(without.names());
        names.add(unwrap.label());
        return new Reduction.Without(Set.copyOf(names));
    }

    /// For a query that yields lines.
    ///
    /// @throws io.lambdascope.fault.Fault BAD_QUERY if a stage cannot be made; a query that was checked has none
    public static LinePipeline ofLines(LogQuery query) {
        return new LinePipeline(query, null, Reduction.NOTHING_LEFT_OUT);
    }

    /// For a query that yields numbers.
    ///
    /// @param reduction which labels of its line a sample keeps; what neither it nor a stage needs is not parsed,
    ///     and then a line that cannot be parsed is no error
    /// @throws io.lambdascope.fault.Fault BAD_QUERY if a stage cannot be made; a query that was checked has none
    public static LinePipeline ofSamples(LogRange range, Reduction reduction) {
        return new LinePipeline(range.query(), range.unwrap(), reduction);
    }

    private static boolean changesLine(Stage stage) {
        return stage instanceof Stage.LineFormat || stage instanceof Stage.Decolorize || stage instanceof Stage.Unpack;
    }

    private LineStage compile(Stage stage, Needs needs) {
        return switch (stage) {
            case Stage.LineFilter filter -> LineFilter.of(filter);
            case Stage.Json json ->
                json.extractions().isEmpty()
                        ? new JsonParser(labels, needs)
                        : new JsonPaths(json.extractions(), labels, needs);
            case Stage.Logfmt logfmt ->
                logfmt.extractions().isEmpty()
                        ? new LogfmtParser(logfmt.strict(), logfmt.keepEmpty(), labels, needs)
                        : new LogfmtKeys(logfmt.strict(), logfmt.extractions(), labels, needs);
            case Stage.Regexp regexp -> new RegexpParser(regexp.regex(), labels, needs);
            case Stage.Pattern pattern -> new PatternParser(pattern.pattern(), labels, needs);
            case Stage.Unpack _ -> new UnpackParser(labels, needs);
            case Stage.LabelFilter filter -> new LabelFilter(filter.condition(), labels);
            case Stage.LineFormat format -> new LineFormatStage(templateOf(format.template()));
            case Stage.LabelFormat format ->
                new LabelFormatStage(format.assignments(), labels, LinePipeline::templateOf);
            case Stage.Decolorize _ -> new DecolorizeStage();
            case Stage.Drop drop -> new DropStage(DropStage.Pick.of(drop.labels(), labels));
            case Stage.Keep keep -> new KeepStage(DropStage.Pick.of(keep.labels(), labels));
        };
    }

    private static TemplateProgram templateOf(String text) {
        return new TemplateProgram(LineTemplate.parse(text), InstantSource.system());
    }

    /// Begins a run of entries of one stream. Gives the entries that pass the line filters: only those can stay.
    /// Not a copy.
    ///
    /// @param stream the labels of the stream; it costs less if it is the object of the run before
    public BitSet startRun(Labels stream, LogEntries run) {
        if (this.stream != stream) {
            this.stream = stream;
            labels.startStream(stream);
            streamResult = sets.same(reducedLabels());
        }
        this.run = run;
        labels.startRun(run);
        kept = new BitSet(run.size());
        kept.set(0, run.size());
        for (LineFilter filter : filters) {
            if (!kept.isEmpty()) {
                filter.filter(run, kept);
            }
        }
        return kept;
    }

    /// The labels of a line that has none but its stream's.
    private Labels reducedLabels() {
        Labels of = labels.streamLabels();
        return switch (reduction) {
            case Reduction.By by -> of.filter(by.names()::contains);
            case Reduction.Without without -> of.filter(name -> !without.names().contains(name));
        };
    }

    /// Takes an entry of the run through the pipeline; false if it is dropped.
    public boolean process(int entry) {
        LogEntries entries = run;
        if (entries == null) {
            throw new IllegalStateException("no run was started");
        }
        result = null;
        if (!kept.get(entry)) {
            return false;
        }
        line.start(
                entries.lines(), entries.lineStarts()[entry], entries.lineStarts()[entry + 1], entries.times()[entry]);
        labels.startLine(entry);
        for (LineStage stage : stages) {
            if (!stage.process(line)) {
                return false;
            }
        }
        return true;
    }

    /// The line, as the stages left it.
    public String line() {
        return line.text();
    }

    /// The line's bytes, UTF-8, are `lineBytes()[lineFrom(), lineFrom() + lineLength())`. Not a copy.
    public byte[] lineBytes() {
        return line.bytes();
    }

    public int lineFrom() {
        return line.from();
    }

    /// How many bytes the line has.
    public int lineLength() {
        return line.to() - line.from();
    }

    /// The labels that the stages, and the reduction, left of the line; all of them where something failed that
    /// the reduction does not ask for. A label may be there and empty, which the set then holds as a pair: `has`
    /// tells it from one that is not. Equal sets are nearly always the same object, so that a map finds them
    /// quickly.
    public Labels labels() {
        Labels made = result;
        if (made == null) {
            made = labels.isPlain() ? streamResult : gathered();
            result = made;
        }
        return made;
    }

    private Labels gathered() {
        sets.begin(labels.generation());
        boolean failed = labels.error() != null && !keepsErrors;
        if (reduction instanceof Reduction.By && !failed) {
            for (LabelName name : reducedTo) {
                String value = labels.get(name);
                if (value != null) {
                    sets.add(name, value);
                }
            }
        } else {
            labels.forEach((name, value) -> {
                if (failed
                        || !(reduction instanceof Reduction.Without without
                                && without.names().contains(name.name))) {
                    sets.add(name, value);
                }
            });
        }
        return sets.end();
    }

    /// The labels of one category; of no reduction. One may be there and empty, as in [#labels()].
    public Labels labels(LabelCategory category) {
        TreeMap<String, String> found = new TreeMap<>();
        labels.forEach(category, (name, value) -> found.put(name.name, value));
        List<String> pairs = new ArrayList<>();
        found.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        return Labels.ofSorted(pairs.toArray(String[]::new));
    }

    /// What failed, as its `__error__` says; null if nothing did, or if the reduction asks for it.
    public @Nullable String error() {
        return keepsErrors ? null : labels.error();
    }

    /// The sample's value of a query that unwraps.
    public double value() {
        if (unwrap == null) {
            throw new IllegalStateException("the query unwraps nothing");
        }
        return unwrap.value();
    }
}
