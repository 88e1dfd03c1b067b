package io.lambdascope.exec.logs.template;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// Go's way to write times: a layout is the moment 2006-01-02 15:04:05 -0700 MST, written as wanted
/// (pkg.go.dev/time#pkg-constants).
final class GoLayout {
    /// What stands for something in a layout; of two that begin alike the longer first.
    private static final List<String> ELEMENTS = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "2006",
            "__2",
            "002",
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "_2006",
            "_2",
            "15",
            "PM",
            "pm",
            "-07:00:00",
            "-070000",
            "-07:00",
            "-0700",
            "-07",
            "Z07:00:00",
            "Z070000",
            "Z07:00",
            "Z0700",
            "Z07",
            "1",
            "2",
            "3",
            "4",
            "5");

    private GoLayout() {}

    /// Where the next element of `layout` stands, and which.
    record Found(int at, String element) {}

    static Found next(String layout, int from) {
        for (int at = from; at < layout.length(); at++) {
            char c = layout.charAt(at);
            if ((c == '.' || c == ',') && isFraction(layout, at)) {
                return new Found(at, layout.substring(at, digitsEnd(layout, at + 1)));
            }
            for (String element : ELEMENTS) {
                boolean abbreviates = element.equals("Jan") || element.equals("Mon");
                if (layout.startsWith(element, at) && !(abbreviates && isLower(layout, at + 3))) {
                    return element.equals("_2006") ? new Found(at + 1, "2006") : new Found(at, element);
                }
            }
        }
        return new Found(-1, "");
    }

    private static boolean isLower(String text, int at) {
        return at < text.length() && Character.isLowerCase(text.charAt(at));
    }

    /// A point with nothing but zeros or nothing but nines behind it, and no digit after those.
    static boolean isFraction(String layout, int point) {
        int end = digitsEnd(layout, point + 1);
        if (end == point + 1) {
            return false;
        }
        String digits = layout.substring(point + 1, end);
        return digits.matches("0+|9+");
    }

    static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    static String format(String layout, ZonedDateTime at) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Found found = next(layout, 0); found.at >= 0; found = next(layout, from)) {
            out.append(layout, from, found.at);
            element(out, found.element, at);
            from = found.at + found.element.length();
        }
        return out.append(layout.substring(from)).toString();
    }

    private static void element(StringBuilder out, String element, ZonedDateTime at) {
        int hour12 = at.getHour() % 12 == 0 ? 12 : at.getHour() % 12;
        switch (element) {
            case "January" -> out.append(at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case "Jan" -> out.append(at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), 0, 3);
            case "Monday" -> out.append(at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case "Mon" -> out.append(at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), 0, 3);
            case "MST" -> out.append(zoneName(at));
            case "2006" -> out.append("%04d".formatted(at.getYear()));
            case "06" -> out.append("%02d".formatted(Math.floorMod(at.getYear(), 100)));
            case "01" -> out.append("%02d".formatted(at.getMonthValue()));
            case "1" -> out.append(at.getMonthValue());
            case "02" -> out.append("%02d".formatted(at.getDayOfMonth()));
            case "_2" -> out.append("%2d".formatted(at.getDayOfMonth()));
            case "2" -> out.append(at.getDayOfMonth());
            case "002" -> out.append("%03d".formatted(at.getDayOfYear()));
            case "__2" -> out.append("%3d".formatted(at.getDayOfYear()));
            case "15" -> out.append("%02d".formatted(at.getHour()));
            case "03" -> out.append("%02d".formatted(hour12));
            case "3" -> out.append(hour12);
            case "04" -> out.append("%02d".formatted(at.getMinute()));
            case "4" -> out.append(at.getMinute());
            case "05" -> out.append("%02d".formatted(at.getSecond()));
            case "5" -> out.append(at.getSecond());
            case "PM" -> out.append(at.getHour() >= 12 ? "PM" : "AM");
            case "pm" -> out.append(at.getHour() >= 12 ? "pm" : "am");
            default -> {
                if (element.charAt(0) == '.' || element.charAt(0) == ',') {
                    fraction(out, element, at.getNano());
                } else {
                    offset(out, element, at.getOffset().getTotalSeconds());
                }
            }
        }
    }

    private static String zoneName(ZonedDateTime at) {
        if (at.getOffset().equals(ZoneOffset.UTC) && at.getZone() instanceof ZoneOffset
                || at.getZone().getId().equals("UTC")) {
            return "UTC";
        }
        if (at.getZone() instanceof ZoneOffset) {
            StringBuilder out = new StringBuilder();
            offset(
                    out,
                    at.getOffset().getTotalSeconds() % 3600 == 0 ? "-07" : "-0700",
                    at.getOffset().getTotalSeconds());
            return out.toString();
        }
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(at);
    }

    private static void fraction(StringBuilder out, String element, int nanos) {
        int places = Math.min(9, element.length() - 1);
        String digits = "%09d".formatted(nanos).substring(0, places);
        if (element.charAt(1) == '9') {
            digits = digits.replaceAll("0+$", "");
        }
        if (!digits.isEmpty()) {
            out.append(element.charAt(0)).append(digits);
        }
    }

    private static void offset(StringBuilder out, String element, int seconds) {
        if (element.charAt(0) == 'Z' && seconds == 0) {
            out.append('Z');
            return;
        }
        int size = Math.abs(seconds);
        out.append(seconds < 0 ? '-' : '+').append("%02d".formatted(size / 3600));
        String colon = element.contains(":") ? ":" : "";
        int parts = element.replace(":", "").length();
        if (parts >= 5) {
            out.append(colon).append("%02d".formatted(size / 60 % 60));
        }
        if (parts >= 7) {
            out.append(colon).append("%02d".formatted(size % 60));
        }
    }
}
