package io.lambdascope.api.loki;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.ql.logql.LogParser;
import io.lambdascope.query.FieldsRequest;
import io.lambdascope.query.LokiQueryRequest;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.query.StreamVolumes;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.time.TimeRange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of Loki's API into requests. Faults have the kind BAD_REQUEST, or BAD_QUERY for a selector.
public final class LokiRequests {
    /// The most points of one series that a range query may ask for.
    private static final long MAX_POINTS = 11_000;

    private static final int MAX_SELECTORS = 1000;
    private static final int DEFAULT_LIMIT = 100;

    private static final long DEFAULT_SINCE_NANOS = Duration.ofHours(1).toNanos();
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// A range without a step gets so many steps, of whole seconds.
    private static final long DEFAULT_STEPS = 250;

    private final HttpRequest http;
    private final Map<String, String> variables;
    private final Map<String, List<String>> parameters;
    private final List<Tenant> tenants;
    private final Instant now;
    private final Duration longest;

    /// @param variables parts of the path, as [io.lambdascope.api.Routes.Match.Found] has them
    /// @param now when the request came
    /// @param longest how much time there is for an answer
    public LokiRequests(
            HttpRequest http, Map<String, String> variables, List<Tenant> tenants, Instant now, Duration longest) {
        this.http = http;
        this.variables = variables;
        this.parameters = http.parameters();
        this.tenants = tenants;
        this.now = now;
        this.longest = longest;
    }

    List<Tenant> tenants() {
        return tenants;
    }

    /// When the answer must be there.
    Instant deadline() {
        return now.plus(longest);
    }

    /// `query`, `time`, `limit`, `direction`.
    LokiQueryRequest instant() {
        long at = moment("time", nowNanos());
        return new LokiQueryRequest(tenants, query(), at, at, 0, 0, limit(DEFAULT_LIMIT), direction(), deadline());
    }

    /// `query`, `start`, `end`, `since`, `step`, `interval`, `limit`, `direction`.
    LokiQueryRequest range() {
        TimeRange range = timeRange();
        if (range.isEmpty()) {
            throw Fault.badRequest("end timestamp must not be before or equal to start time");
        }
        return new LokiQueryRequest(
                tenants,
                query(),
                range.fromNanos(),
                range.toNanos(),
                step(range),
                interval(),
                limit(DEFAULT_LIMIT),
                direction(),
                deadline());
    }

    /// `match[]` or `match`, each a selector, none or `{}` for all streams; `start`, `end`, `since`.
    SeriesRequest series() {
        Set<String> texts = new LinkedHashSet<>(all("match[]"));
        texts.addAll(all("match"));
        if (texts.size() > MAX_SELECTORS) {
            throw Fault.badRequest("%d match[] parameters, at most %d are allowed", texts.size(), MAX_SELECTORS);
        }
        List<List<Matcher>> selectors =
                texts.stream().map(LokiRequests::selectorOf).toList();
        return new SeriesRequest(tenants, selectors, timeRange(), Integer.MAX_VALUE, deadline());
    }

    /// `query`, a selector, none or `{}` for all streams; `start`, `end`, `since`.
    SeriesRequest streams() {
        return streams(Integer.MAX_VALUE);
    }

    SeriesRequest streams(int limit) {
        return new SeriesRequest(tenants, List.of(selector()), timeRange(), limit, deadline());
    }

    private List<Matcher> selector() {
        String text = query();
        return text.isBlank() ? List.of() : selectorOf(text);
    }

    private static List<Matcher> selectorOf(String text) {
        return LogParser.parseSelector(text);
    }

    /// `targetLabels`, `aggregateBy`: where no labels are named, those that the selector names tell streams apart.
    StreamVolumes volumes(List<Matcher> selector, List<TimeRange> stretches) {
        String text = text("aggregateBy");
        StreamVolumes.By by = switch (text) {
            case "", "series" -> StreamVolumes.By.SERIES;
            case "labels" -> StreamVolumes.By.LABELS;
            default -> throw invalid("aggregateBy", "must be series or labels, not " + quote(text));
        };
        Set<String> targets = Arrays.stream(text("targetLabels").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        Set<String> named = selector.stream().map(Matcher::name).collect(Collectors.toSet());
        return new StreamVolumes(by, targets.isEmpty() ? named : targets, !targets.isEmpty(), stretches);
    }

    /// `query`, `start`, `end`, `since`, `line_limit`.
    FieldsRequest fields(int limit) {
        return new FieldsRequest(tenants, query(), timeRange(), count("line_limit", DEFAULT_LIMIT), limit, deadline());
    }

    /// `start`, `end`, `since`; empty if both are the same.
    TimeRange timeRange() {
        long end = moment("end", nowNanos());
        OptionalLong since = length("since");
        if (since.isPresent() && since.getAsLong() < 0) {
            throw invalid("since", "must not be negative");
        }
        long start = moment(
                "start",
                Math.max(Math.min(end, nowNanos()) - since.orElse(DEFAULT_SINCE_NANOS), -LokiTimes.FARTHEST_NANOS));
        if (end < start) {
            throw Fault.badRequest("end timestamp must not be before or equal to start time");
        }
        return new TimeRange(start, end);
    }

    private long nowNanos() {
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /// `step`, nanoseconds.
    long step(TimeRange range) {
        long length = range.toNanos() - range.fromNanos();
        long otherwise = Math.max(length / DEFAULT_STEPS / NANOS_PER_SECOND, 1) * NANOS_PER_SECOND;
        long step = length("step").orElse(otherwise);
        if (step <= 0) {
            throw invalid(
                    "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if (length / step > MAX_POINTS) {
            throw Fault.badRequest("exceeded maximum resolution of 11,000 points per time series. Try increasing the"
                    + " value of the step parameter");
        }
        return step;
    }

    private long interval() {
        long interval = length("interval").orElse(0);
        if (interval < 0) {
            throw invalid("interval", "must not be negative");
        }
        return interval;
    }

    /// `limit`, at least 1.
    int limit(int otherwise) {
        return count("limit", otherwise);
    }

    /// A whole number of 1 or more.
    int count(String name, int otherwise) {
        String text = one(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value <= 0) {
                throw invalid(name, "must be a positive value, not " + value);
            }
            return (int) Math.min(value, Integer.MAX_VALUE);
        } catch (NumberFormatException _) {
            throw invalid(name, "must be a whole number, not " + quote(text));
        }
    }

    private Direction direction() {
        String text = text("direction");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "backward" -> Direction.BACKWARD;
            case "forward" -> Direction.FORWARD;
            default -> throw invalid("direction", "must be forward or backward, not " + quote(text));
        };
    }

    /// The part of the path that names a label or field.
    String name() {
        String encoded = variables.getOrDefault("name", "");
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Fault.badRequest("the name in the path is not well-formed percent-encoding: %s", encoded);
        }
    }

    /// `query`, as it was written.
    String query() {
        return text("query");
    }

    /// The value of a parameter, empty if it is not given.
    String text(String name) {
        String text = one(name);
        return text == null ? "" : text;
    }

    private long moment(String name, long otherwise) {
        String text = one(name);
        return text == null
                ? otherwise
                : LokiTimes.nanos(text)
                        .orElseThrow(() -> invalid(
                                name,
                                "must be seconds or nanoseconds since 1970, or RFC 3339, not %s"
                                        .formatted(quote(text))));
    }

    private OptionalLong length(String name) {
        String text = one(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(LokiTimes.lengthNanos(text)
                .orElseThrow(() ->
                        invalid(name, "must be seconds or a duration as in 1h30m, not %s".formatted(quote(text)))));
    }

    private @Nullable String one(String name) {
        List<String> values = all(name);
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    private List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    private static String quote(String text) {
        return LabelText.quote(text.length() > 100 ? text.substring(0, 100) + "…" : text);
    }

    private static Fault invalid(String parameter, String problem) {
        return new Fault(FaultKind.BAD_REQUEST, "invalid parameter \"%s\": %s".formatted(parameter, problem));
    }
}
