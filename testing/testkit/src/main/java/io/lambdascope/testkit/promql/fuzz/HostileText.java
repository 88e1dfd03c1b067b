package io.lambdascope.testkit.promql.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that look like queries more or less: bytes, words in no order, queries with damage, nesting without end,
/// enormous numbers.
final class HostileText {
    private static final List<String> WORDS = List.of(
            "up",
            "sum",
            "by",
            "without",
            "(",
            ")",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "[5m]",
            "[5m:]",
            "[1h:1s]",
            ",",
            "=",
            "=~",
            "!~",
            "!=",
            "==",
            "bool",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "fill",
            "fill_left",
            "offset",
            "@",
            "start()",
            "end()",
            "step()",
            "range()",
            "-",
            "+",
            "*",
            "/",
            "%",
            "^",
            "atan2",
            "and",
            "or",
            "unless",
            ">/",
            "</",
            "rate",
            "topk",
            "count_values",
            "\"x\"",
            "'y'",
            "`z`",
            "5",
            "1e400",
            "0x",
            "NaN",
            "Inf",
            "5m",
            "1y",
            "anchored",
            "smoothed",
            "host",
            "\"é.x\"",
            "max_of",
            "info",
            "label_replace",
            "#",
            "\n",
            ":");

    private static final List<String> OPENINGS = List.of(
            "(", "-", "+", "sum(", "abs(", "1+", "a and ", "a^", "2^-", "up[", "{", "a offset ", "((a)", "min_of(1,");

    private static final List<String> ENORMOUS = List.of(
            "up[292y]",
            "up[1000000y]",
            "up offset 292y",
            "up offset -292y",
            "up @ 9223372036854775807",
            "up @ -1e300",
            "up @ 9e18",
            "rate(up[290y:1ms])",
            "rate(up[1y:1ms])",
            "sum_over_time(up[200y:1y] offset 200y)",
            "topk(1e300, up)",
            "topk(-1e300, up)",
            "limitk(NaN, up)",
            "quantile(-Inf, up)",
            "round(up, 0)",
            "limit_ratio(1e308, up)",
            "predict_linear(up[1h], 1e308)",
            "histogram_quantile(1e-308, latency)",
            "up[5m] offset 1e300",
            "up[1e300]",
            "up[step() * 1e300]",
            "up[5m ^ 400]",
            "up offset (5m / 0)",
            "year(up * 1e300)",
            "days_in_month(vector(-1e300))",
            "label_replace(up, \"a\", \"$9999999999999\", \"host\", \"(.*)\")",
            "up{host=~\"(((((((((a*)*)*)*)*)*)*)*)*)*\"}",
            "up{host=~\"a{1000}{1000}\"}",
            "up{host=~\"(?i)(x+x+)+y\"}",
            "label_replace(up, \"a\", \"$1\", \"host\", \"((a{1,1000}){1,1000})*\")",
            "max_over_time(max_over_time(max_over_time(up[1y:1s])[1y:1s])[1y:1s])",
            "count_values(\"\", up)",
            "label_join(up, \"__name__\", \"\\xff\", \"host\", \"job\")");

    private final RandomGenerator random;
    private final FuzzCases cases;

    HostileText(RandomGenerator random, FuzzCases cases) {
        this.random = random;
        this.cases = cases;
    }

    String next() {
        return switch (random.nextInt(8)) {
            case 0 -> bytes();
            case 1 -> words();
            case 2 -> nested();
            case 3 -> ENORMOUS.get(random.nextInt(ENORMOUS.size()));
            case 4 -> damaged(ENORMOUS.get(random.nextInt(ENORMOUS.size())));
            default -> damaged(cases.next(0).text());
        };
    }

    private String bytes() {
        byte[] bytes = new byte[random.nextInt(1, 200)];
        random.nextBytes(bytes);
        return new String(bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private String words() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(3) == 0 ? " " : "");
        }
        return text.toString();
    }

    private String nested() {
        String opening = OPENINGS.get(random.nextInt(OPENINGS.size()));
        return opening.repeat(1 << random.nextInt(16)) + (random.nextBoolean() ? "a" : "");
    }

    private String damaged(String query) {
        StringBuilder text = new StringBuilder(query);
        for (int i = random.nextInt(1, 5); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(1, 12));
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80));
                case 2 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
                case 4 -> text.delete(at, to);
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}
