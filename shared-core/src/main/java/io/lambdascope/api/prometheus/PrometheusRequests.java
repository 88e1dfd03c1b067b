package io.lambdascope.api.prometheus;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.query.MetadataRequest;
import io.lambdascope.query.NewestRequest;
import io.lambdascope.query.PromQueryRequest;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.source.metrics.SeriesDeletion;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of Prometheus' query API (prometheus `web/api/v1/api.go`) into requests. Faults have the kind
/// BAD_REQUEST and Prometheus' texts.
public final class PrometheusRequests {
    /// The most points of one series that a range query may ask for.
    public static final long MAX_POINTS = 11_000;

    /// The most selectors of one request.
    private static final int MAX_SELECTORS = 1000;

    /// How long ago metadata may have been sent: senders repeat it every minute, or with every series.
    private static final Duration METADATA_AGE = Duration.ofDays(1);

    private final Map<String, String> variables;
    private final Map<String, List<String>> parameters;
    private final List<Tenant> tenants;
    private final Instant now;
    private final Duration longest;

    /// @param variables parts of the path, as [io.lambdascope.api.Routes.Match.Found] has them
    /// @param parameters as [io.lambdascope.api.HttpRequest#parameters]
    /// @param now when the request came
    /// @param longest how much time there is for an answer, whatever the request says
    public PrometheusRequests(
            Map<String, String> variables,
            Map<String, List<String>> parameters,
            List<Tenant> tenants,
            Instant now,
            Duration longest) {
        this.variables = variables;
        this.parameters = parameters;
        this.tenants = tenants;
        this.now = now;
        this.longest = longest;
    }

    List<Tenant> tenants() {
        return tenants;
    }

    /// When the request came.
    Instant now() {
        return now;
    }

    /// `query`, `time`, `timeout`, `lookback_delta`.
    public PromQueryRequest instant() {
        StepGrid grid = StepGrid.instant(timeMillis("time", now.toEpochMilli()));
        return new PromQueryRequest(tenants, query(), grid, lookback(), deadline());
    }

    /// `query`, `start`, `end`, `step`, `timeout`, `lookback_delta`.
    public PromQueryRequest range() {
        long start = timeMillis("start", null);
        long end = timeMillis("end", null);
        if (end < start) {
            throw invalid("end", "end timestamp must not be before start time");
        }
        long step = durationMillis("step");
        if (step <= 0) {
            throw invalid(
                    "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if ((end - start) / step > MAX_POINTS) {
            throw Fault.badRequest("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                    + " query resolution (?step=XX)");
        }
        return new PromQueryRequest(tenants, query(), new StepGrid(start, end, step), lookback(), deadline());
    }

    /// `match[]` at least once, `start`, `end`, `limit`.
    public SeriesRequest series() {
        checkSelectors();
        return labels();
    }

    /// `match[]` at least once, `start`, `end`; from the beginning or to the end of time where these are not given.
    public SeriesDeletion deletion() {
        checkSelectors();
        return new SeriesDeletion(selectors(), seriesRange(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private void checkSelectors() {
        if (all("match[]").isEmpty()) {
            throw Fault.badRequest("no match[] parameter provided");
        }
    }

    /// `match[]`, `start`, `end`, `limit`.
    public SeriesRequest labels() {
        TimeRange range = seriesRange();
        // One more than is wanted shows whether something is left out.
        int limit = limit();
        int read = limit == 0 ? Integer.MAX_VALUE : limit + 1;
        return new SeriesRequest(tenants, selectors(), range, read, deadline());
    }

    /// `match[]`, `timeout`.
    public NewestRequest newest() {
        return new NewestRequest(tenants, selectors(), now.toEpochMilli(), deadline());
    }

    private List<List<Matcher>> selectors() {
        List<String> texts = all("match[]");
        if (texts.size() > MAX_SELECTORS) {
            throw Fault.badRequest("%d match[] parameters, at most %d are allowed", texts.size(), MAX_SELECTORS);
        }
        List<List<Matcher>> selectors = new ArrayList<>();
        for (String text : texts) {
            try {
                selectors.add(PromParser.parseSelector(text));
            } catch (Fault e) {
                throw invalid("match[]", e.text());
            }
        }
        return selectors;
    }

    /// `query`, `start`, `end`: the selectors of the query, and when exemplars are wanted.
    public SeriesRequest exemplars() {
        TimeRange range = seriesRange();
        List<List<Matcher>> selectors = new ArrayList<>();
        PromWalk.forEach(expression().expr(), part -> {
            if (part instanceof PromExpr.VectorSelector selector && !selectors.contains(selector.matchers())) {
                selectors.add(selector.matchers());
            }
        });
        return new SeriesRequest(tenants, selectors, range, Integer.MAX_VALUE, deadline());
    }

    /// `metric`: what it has said of itself within a day.
    public MetadataRequest metadata() {
        TimeRange range = TimeRange.ofMillisInclusive(
                now.minus(METADATA_AGE).toEpochMilli(), now.plus(METADATA_AGE).toEpochMilli());
        return new MetadataRequest(tenants, Optional.ofNullable(one("metric")), range, deadline());
    }

    /// The label that the path names.
    public String labelName() {
        String encoded = variables.getOrDefault("name", "");
        try {
            String name =
                    EscapedLabelName.unescape(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
            if (!LabelText.isLabelName(name)) {
                throw Fault.badRequest("invalid label name: %s", LabelText.quote(name));
            }
            return name;
        } catch (IllegalArgumentException _) {
            throw Fault.badRequest("the label name is not well-formed percent-encoding: %s", encoded);
        }
    }

    private TimeRange seriesRange() {
        return seriesRange(0, now.plus(Duration.ofDays(1)).toEpochMilli());
    }

    private TimeRange seriesRange(long earliest, long latest) {
        long start = seriesTimeMillis("start", earliest);
        long end = seriesTimeMillis("end", latest);
        if (end < start) {
            throw invalid("end", "end timestamp must not be before start timestamp");
        }
        return TimeRange.ofMillisInclusive(start, end);
    }

    /// The most items to answer, 0 for all.
    public int limit() {
        String text = one("limit");
        if (text == null) {
            return 0;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit < 0) {
                throw invalid("limit", "limit must be non-negative");
            }
            return Math.min(limit, Integer.MAX_VALUE - 1);
        } catch (NumberFormatException _) {
            throw invalid("limit", "cannot parse %s to a valid limit".formatted(LabelText.quote(text)));
        }
    }

    /// `stats`: any value asks for them, `all` for each step's too.
    StatsWanted stats() {
        return switch (text("stats")) {
            case "" -> StatsWanted.NONE;
            case "all" -> StatsWanted.BY_STEP;
            default -> StatsWanted.TOTAL;
        };
    }

    /// `query`, read and checked.
    public CheckedQuery expression() {
        try {
            return CheckedQuery.of(query());
        } catch (Fault fault) {
            throw fault.kind() == FaultKind.BAD_QUERY ? invalid("query", fault.text()) : fault;
        }
    }

    /// A whole number, if it is given.
    public OptionalLong number(String name) {
        String text = one(name);
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw Fault.badRequest("%s must be a number, not %s", name, LabelText.quote(String.valueOf(text)));
        }
    }

    /// The value of a parameter, empty if it is not given.
    public String text(String name) {
        String text = one(name);
        return text == null ? "" : text;
    }

    private String query() {
        String query = one("query");
        if (query != null && query.length() > PromParser.MAX_TEXT) {
            throw invalid(
                    "query",
                    "query is %d characters long, at most %d are allowed"
                            .formatted(query.length(), PromParser.MAX_TEXT));
        }
        return query == null ? "" : query;
    }

    private OptionalLong lookback() {
        String text = one("lookback_delta");
        if (text == null) {
            return OptionalLong.empty();
        }
        OptionalLong millis = PrometheusTimes.durationMillis(text);
        if (millis.isEmpty() || millis.getAsLong() <= 0) {
            throw Fault.badRequest(
                    "error parsing lookback delta duration: cannot parse %s to a valid duration above 0",
                    LabelText.quote(text));
        }
        return millis;
    }

    Instant deadline() {
        if (one("timeout") == null) {
            return now.plus(longest);
        }
        long asked = Math.max(0, durationMillis("timeout"));
        return now.plusMillis(Math.min(asked, longest.toMillis()));
    }

    private long timeMillis(String name, @Nullable Long otherwise) {
        String text = one(name);
        if (text == null && otherwise != null) {
            return otherwise;
        }
        String given = text == null ? "" : text;
        return PrometheusTimes.timeMillis(given)
                .orElseThrow(
                        () -> invalid(name, "cannot parse %s to a valid timestamp".formatted(LabelText.quote(given))));
    }

    private long seriesTimeMillis(String name, long otherwise) {
        String text = one(name);
        if (text == null) {
            return otherwise;
        }
        return PrometheusTimes.timeMillis(text)
                .orElseThrow(() -> invalid(
                        name,
                        "Invalid time value for '%s': cannot parse %s to a valid timestamp"
                                .formatted(name, LabelText.quote(text))));
    }

    private long durationMillis(String name) {
        String text = one(name);
        String given = text == null ? "" : text;
        return PrometheusTimes.durationMillis(given)
                .orElseThrow(
                        () -> invalid(name, "cannot parse %s to a valid duration".formatted(LabelText.quote(given))));
    }

    private @Nullable String one(String name) {
        List<String> values = all(name);
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    private static Fault invalid(String parameter, String problem) {
        return new Fault(FaultKind.BAD_REQUEST, "invalid parameter \"%s\": %s".formatted(parameter, problem));
    }
}
