package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.labels.Matcher;
import io.lambdascope.labels.NumberText;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.NumberLiteral;
import io.lambdascope.ql.promql.PromExpr.Paren;
import io.lambdascope.ql.promql.PromExpr.StringLiteral;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.Type;
import io.lambdascope.ql.promql.PromExpr.Unary;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromFunction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the tree of a query as `parse_query` answers it (prometheus `web/api/v1/translate_ast.go`): fields sorted,
/// lengths of time in milliseconds, 0 where they depend on the query that is asked.
final class ExpressionJson {
    private final JsonGenerator out;

    ExpressionJson(JsonGenerator out) {
        this.out = out;
        out.setCharacterEscapes(HtmlEscapes.ESCAPES);
    }

    void expr(@Nullable PromExpr expr) throws IOException {
        if (expr == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        switch (expr) {
            case Aggregation aggregation -> aggregation(aggregation);
            case Binary binary -> binary(binary);
            case Call call -> call(call);
            case MatrixSelector matrix -> {
                selector(matrix.selector(), matrix.range());
                type("matrixSelector");
            }
            case NumberLiteral number -> {
                type("numberLiteral");
                text("val", NumberText.plain(number.value()));
            }
            case Paren paren -> {
                child("expr", paren.input());
                type("parenExpr");
            }
            case StringLiteral string -> {
                type("stringLiteral");
                text("val", string.value());
            }
            case Subquery subquery -> {
                child("expr", subquery.input());
                out.writeNumberField("offset", millis(subquery.shift().offset()));
                out.writeNumberField("range", millis(subquery.range()));
                startOrEnd(subquery.shift());
                out.writeNumberField("step", millis(subquery.step()));
                timestamp(subquery.shift());
                type("subquery");
            }
            case Unary unary -> {
                child("expr", unary.input());
                text("op", unary.negative() ? "-" : "+");
                type("unaryExpr");
            }
            case VectorSelector selector -> {
                selector(selector, null);
                type("vectorSelector");
            }
        }
        out.writeEndObject();
    }

    private void aggregation(Aggregation aggregation) throws IOException {
        child("expr", aggregation.input());
        texts("grouping", aggregation.grouping().labels());
        text("op", aggregation.op().text());
        child("param", aggregation.parameter());
        type("aggregation");
        out.writeBooleanField("without", aggregation.grouping().without());
    }

    private void binary(Binary binary) throws IOException {
        out.writeBooleanField("bool", binary.returnBool());
        child("lhs", binary.left());
        out.writeFieldName("matching");
        matching(binary.matching());
        text("op", binary.op().text());
        child("rhs", binary.right());
        type("binaryExpr");
    }

    private void matching(@Nullable VectorMatching matching) throws IOException {
        if (matching == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        text("card", textOf(matching.cardinality()));
        out.writeObjectFieldStart("fillValues");
        fill("lhs", matching.fillLeft());
        fill("rhs", matching.fillRight());
        out.writeEndObject();
        texts("include", matching.include());
        texts("labels", matching.labels());
        out.writeBooleanField("on", matching.on());
        out.writeEndObject();
    }

    private static String textOf(Cardinality cardinality) {
        return switch (cardinality) {
            case ONE_TO_ONE -> "one-to-one";
            case MANY_TO_ONE -> "many-to-one";
            case ONE_TO_MANY -> "one-to-many";
            case MANY_TO_MANY -> "many-to-many";
        };
    }

    /// A number; what JSON has no number for, as text.
    private void fill(String field, Optional<Double> value) throws IOException {
        if (value.isEmpty()) {
            out.writeNullField(field);
        } else if (Double.isFinite(value.get())) {
            out.writeFieldName(field);
            out.writeNumber(NumberText.json(value.get()));
        } else {
            text(field, NumberText.json(value.get()));
        }
    }

    private void call(Call call) throws IOException {
        PromFunction function = call.function();
        out.writeArrayFieldStart("args");
        for (PromExpr arg : call.args()) {
            expr(arg);
        }
        out.writeEndArray();
        out.writeObjectFieldStart("func");
        texts(
                "argTypes",
                function.arguments().stream().map(ExpressionJson::textOf).toList());
        text("name", function.text());
        text("returnType", textOf(function.returns()));
        out.writeNumberField("variadic", function.variadic());
        out.writeEndObject();
        type("call");
    }

    private static String textOf(Type type) {
        return switch (type) {
            case SCALAR -> "scalar";
            case STRING -> "string";
            case VECTOR -> "vector";
            case MATRIX -> "matrix";
        };
    }

    private void selector(VectorSelector selector, @Nullable DurationExpr range) throws IOException {
        out.writeBooleanField("anchored", selector.edges() == Edges.ANCHORED);
        out.writeArrayFieldStart("matchers");
        List<Matcher> matchers = new ArrayList<>(selector.matchers());
        if (selector.name() != null) {
            // the name before the brace comes last
            matchers.add(matchers.removeFirst());
        }
        for (Matcher matcher : matchers) {
            out.writeStartObject();
            text("name", matcher.name());
            text("type", matcher.op().text());
            text("value", matcher.value());
            out.writeEndObject();
        }
        out.writeEndArray();
        text("name", selector.name() == null ? "" : selector.name());
        out.writeNumberField("offset", millis(selector.shift().offset()));
        if (range != null) {
            out.writeNumberField("range", millis(range));
        }
        out.writeBooleanField("smoothed", selector.edges() == Edges.SMOOTHED);
        startOrEnd(selector.shift());
        timestamp(selector.shift());
    }

    private void startOrEnd(TimeShift shift) throws IOException {
        switch (shift.atModifier()) {
            case AtModifier.Start _ -> text("startOrEnd", "start");
            case AtModifier.End _ -> text("startOrEnd", "end");
            case AtModifier.Fixed _ -> out.writeNullField("startOrEnd");
            case null -> out.writeNullField("startOrEnd");
        }
    }

    private void timestamp(TimeShift shift) throws IOException {
        if (shift.atModifier() instanceof AtModifier.Fixed(long millis)) {
            out.writeNumberField("timestamp", millis);
        } else {
            out.writeNullField("timestamp");
        }
    }

    private static long millis(@Nullable DurationExpr duration) {
        return duration instanceof DurationExpr.Millis(long millis) ? millis : 0;
    }

    private void type(String type) throws IOException {
        out.writeStringField("type", type);
    }

    private void child(String field, @Nullable PromExpr expr) throws IOException {
        out.writeFieldName(field);
        expr(expr);
    }

    private void text(String field, String text) throws IOException {
        out.writeStringField(field, JsonAnswer.unicode(text));
    }

    private void texts(String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeString(JsonAnswer.unicode(text));
        }
        out.writeEndArray();
    }
}
