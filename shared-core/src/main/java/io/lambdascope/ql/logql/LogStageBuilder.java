package io.lambdascope.ql.logql;

import io.lambdascope.ql.Positions;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.logql.LogExpr.Assignment;
import io.lambdascope.ql.logql.LogExpr.Comparison;
import io.lambdascope.ql.logql.LogExpr.Extraction;
import io.lambdascope.ql.logql.LogExpr.FilterOp;
import io.lambdascope.ql.logql.LogExpr.LabelCondition;
import io.lambdascope.ql.logql.LogExpr.LabelPick;
import io.lambdascope.ql.logql.LogExpr.LineMatch;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.grammar.LogQLParser;
import io.lambdascope.ql.logql.grammar.LogQLParser.ExtractionsContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.IpContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.LabelFilterContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.LabelPickContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Makes the stages of a pipeline from the parser's tree.
final class LogStageBuilder {
    private final LogTreeBuilder texts;
    private final Positions positions;

    /// @param texts for strings, matchers and faults
    LogStageBuilder(LogTreeBuilder texts, Positions positions) {
        this.texts = texts;
        this.positions = positions;
    }

    Stage stage(LogQLParser.StageContext tree) {
        SourceRange at = positions.of(tree);
        return switch (tree) {
            case LogQLParser.LineFilterStageContext filter -> lineFilter(filter.lineFilter(), at);
            case LogQLParser.JsonStageContext json -> new Stage.Json(extractions(json.extractions()), at);
            case LogQLParser.LogfmtStageContext logfmt ->
                new Stage.Logfmt(
                        has(logfmt.flags, LogQLParser.STRICT),
                        has(logfmt.flags, LogQLParser.KEEP_EMPTY),
                        extractions(logfmt.extractions()),
                        at);
            case LogQLParser.RegexpStageContext regexp -> new Stage.Regexp(texts.text(regexp.string()), at);
            case LogQLParser.PatternStageContext pattern -> new Stage.Pattern(texts.text(pattern.string()), at);
            case LogQLParser.UnpackStageContext _ -> new Stage.Unpack(at);
            case LogQLParser.LineFormatStageContext format -> new Stage.LineFormat(texts.text(format.string()), at);
            case LogQLParser.LabelFormatStageContext format ->
                new Stage.LabelFormat(
                        format.assignment().stream().map(this::assignment).toList(), at);
            case LogQLParser.DecolorizeStageContext _ -> new Stage.Decolorize(at);
            case LogQLParser.DropStageContext drop -> new Stage.Drop(picks(drop.labelPick()), at);
            case LogQLParser.KeepStageContext keep -> new Stage.Keep(picks(keep.labelPick()), at);
            case LogQLParser.LabelFilterStageContext filter ->
                new Stage.LabelFilter(condition(filter.labelFilter()), at);
            default -> throw new IllegalStateException("no stage: " + tree.getText());
        };
    }

    private static boolean has(List<Token> flags, int type) {
        return flags.stream().anyMatch(flag -> flag.getType() == type);
    }

    private Stage.LineFilter lineFilter(LogQLParser.LineFilterContext tree, SourceRange at) {
        FilterOp op = switch (tree.op.getType()) {
            case LogQLParser.PIPE_EXACT -> FilterOp.CONTAINS;
            case LogQLParser.NEQ -> FilterOp.NOT_CONTAINS;
            case LogQLParser.PIPE_MATCH -> FilterOp.REGEX;
            case LogQLParser.NEQ_REGEX -> FilterOp.NOT_REGEX;
            case LogQLParser.PIPE_PATTERN -> FilterOp.PATTERN;
            default -> FilterOp.NOT_PATTERN;
        };
        List<LineMatch> alternatives = tree.lineMatch().stream()
                .map(match -> match.ip() == null
                        ? (LineMatch) new LineMatch.Text(texts.text(match.string()))
                        : new LineMatch.Ip(ip(match.ip())))
                .toList();
        return new Stage.LineFilter(op, alternatives, at);
    }

    private String ip(IpContext tree) {
        if (!tree.IDENTIFIER().getText().equalsIgnoreCase("ip")) {
            throw texts.fault(
                    tree,
                    "syntax error: only ip(\"…\") or a string may stand here, not %s(…)"
                            .formatted(tree.IDENTIFIER().getText()));
        }
        return texts.text(tree.string());
    }

    private List<Extraction> extractions(@Nullable ExtractionsContext tree) {
        if (tree == null) {
            return List.of();
        }
        return tree.extraction().stream()
                .map(one -> new Extraction(
                        one.label().getText(),
                        one.string() == null ? one.label().getText() : texts.text(one.string())))
                .toList();
    }

    private Assignment assignment(LogQLParser.AssignmentContext tree) {
        String target = tree.label(0).getText();
        return tree.source == null
                ? new Assignment.Template(target, texts.text(tree.string()))
                : new Assignment.Rename(target, tree.source.getText());
    }

    private List<LabelPick> picks(List<LabelPickContext> trees) {
        return trees.stream()
                .map(tree -> new LabelPick(
                        tree.label().getText(),
                        tree.op == null ? null : texts.matcher(tree.label(), tree.op, tree.string())))
                .toList();
    }

    /// Long chains of conditions lean to the left; they are built in a loop, not by recursion.
    LabelCondition condition(LabelFilterContext tree) {
        Deque<LabelFilterContext> chain = new ArrayDeque<>();
        LabelFilterContext first = tree;
        for (LabelFilterContext left = leftOf(first); left != null; left = leftOf(first)) {
            if (chain.size() >= LogParser.MAX_CHAIN) {
                throw texts.fault(tree, "label filter has more than %d conditions".formatted(LogParser.MAX_CHAIN));
            }
            chain.push(first);
            first = left;
        }
        LabelCondition built = one(first);
        while (!chain.isEmpty()) {
            built = switch (chain.pop()) {
                case LogQLParser.AndFilterContext and -> new LabelCondition.And(built, condition(and.labelFilter(1)));
                case LogQLParser.OrFilterContext or -> new LabelCondition.Or(built, condition(or.labelFilter(1)));
                default -> throw new IllegalStateException("not part of a chain");
            };
        }
        return built;
    }

    private static @Nullable LabelFilterContext leftOf(LabelFilterContext tree) {
        return switch (tree) {
            case LogQLParser.AndFilterContext and -> and.labelFilter(0);
            case LogQLParser.OrFilterContext or -> or.labelFilter(0);
            default -> null;
        };
    }

    private LabelCondition one(LabelFilterContext tree) {
        return switch (tree) {
            case LogQLParser.ParenFilterContext paren -> condition(paren.labelFilter());
            case LogQLParser.IpFilterContext filter ->
                new LabelCondition.Ip(
                        filter.label().getText(), filter.op.getType() == LogQLParser.NEQ, ip(filter.ip()));
            case LogQLParser.TextFilterContext filter ->
                new LabelCondition.Text(texts.matcher(filter.label(), filter.op, filter.string()));
            case LogQLParser.NumberFilterContext filter -> number(filter);
            default -> throw new IllegalStateException("no condition: " + tree.getText());
        };
    }

    private LabelCondition number(LogQLParser.NumberFilterContext tree) {
        String label = tree.label().getText();
        Comparison comparison = switch (tree.op.getType()) {
            case LogQLParser.EQL, LogQLParser.EQLC -> Comparison.EQUAL;
            case LogQLParser.NEQ -> Comparison.NOT_EQUAL;
            case LogQLParser.GTR -> Comparison.GREATER;
            case LogQLParser.GTE -> Comparison.GREATER_OR_EQUAL;
            case LogQLParser.LSS -> Comparison.LESS;
            default -> Comparison.LESS_OR_EQUAL;
        };
        boolean negative = tree.sign != null && tree.sign.getType() == LogQLParser.SUB;
        String text = positions.text(tree.value);
        if (tree.value.getType() == LogQLParser.NUMBER) {
            double value = Double.parseDouble(text);
            return new LabelCondition.Number(label, comparison, negative ? -value : value);
        }
        OptionalLong nanos = LogMeasures.durationNanos(text);
        if (nanos.isPresent()) {
            return new LabelCondition.Duration(label, comparison, negative ? -nanos.getAsLong() : nanos.getAsLong());
        }
        OptionalLong bytes = LogMeasures.bytes(text);
        if (bytes.isEmpty() || tree.sign != null) {
            throw texts.fault(
                    tree, "syntax error: %s is no number, no duration as 1m30s and no size as 10KB".formatted(text));
        }
        return new LabelCondition.Bytes(label, comparison, bytes.getAsLong());
    }
}
