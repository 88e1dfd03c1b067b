package io.lambdascope.exec.logs.template;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    private record Found(int at, String element) {}

    private static Found next(String layout, int from) {
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
    private static boolean isFraction(String layout, int point) {
        int end = digitsEnd(layout, point + 1);
        if (end == point + 1) {
            return false;
        }
        String digits = layout.substring(point + 1, end);
        return digits.matches("0+|9+");
    }

    private static int digitsEnd(String text, int from) {
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

    /// Reads a time; where it names no zone it is in `zone`. Empty if `text` is not of the layout.
    static Optional<GoTime> parse(String layout, String text, ZoneId zone) {
        return new Reader(layout, text, zone).read();
    }

    private static final class Reader {
        private final String layout;
        private final String text;
        private ZoneId zone;
        private int at;
        private int year;
        private int month = 1;
        private int day = 1;
        private int dayOfYear = -1;
        private int hour;
        private int minute;
        private int second;
        private int nanos;
        private boolean afternoon;
        private boolean morning;

        Reader(String layout, String text, ZoneId zone) {
            this.layout = layout;
            this.text = text;
            this.zone = zone;
        }

        Optional<GoTime> read() {
            int from = 0;
            for (Found found = next(layout, 0); found.at >= 0; found = next(layout, from)) {
                if (!literal(layout.substring(from, found.at)) || !element(found.element)) {
                    return Optional.empty();
                }
                from = found.at + found.element.length();
            }
            if (!literal(layout.substring(from)) || at != text.length()) {
                return Optional.empty();
            }
            int fullHour = afternoon && hour < 12 ? hour + 12 : morning && hour == 12 ? 0 : hour;
            try {
                LocalDate date = dayOfYear < 0 ? LocalDate.of(year, month, day) : LocalDate.ofYearDay(year, dayOfYear);
                return Optional.of(
                        new GoTime(date.atTime(fullHour, minute, second, nanos).atZone(zone)));
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }

        /// Spaces of a layout stand for any number of spaces.
        private boolean literal(String expected) {
            for (int i = 0; i < expected.length(); i++) {
                if (expected.charAt(i) == ' ') {
                    if (at < text.length() && text.charAt(at) != ' ') {
                        return false;
                    }
                    while (at < text.length() && text.charAt(at) == ' ') {
                        at++;
                    }
                } else if (at >= text.length() || text.charAt(at++) != expected.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private boolean element(String element) {
            switch (element) {
                case "2006":
                    year = number(4, 4);
                    return year >= 0;
                case "06":
                    year = number(2, 2);
                    year += year < 0 ? 0 : year >= 69 ? 1900 : 2000;
                    return year >= 0;
                case "January", "Jan":
                    return month(element);
                case "Monday", "Mon":
                    return weekday(element);
                case "01", "1":
                    month = number(element.length(), 2);
                    return month >= 1;
                case "02", "_2", "2":
                    at += element.equals("_2") && text.startsWith(" ", at) ? 1 : 0;
                    day = number(element.equals("02") ? 2 : 1, 2);
                    return day >= 1;
                case "002", "__2":
                    while (element.equals("__2") && text.startsWith(" ", at)) {
                        at++;
                    }
                    dayOfYear = number(element.equals("002") ? 3 : 1, 3);
                    return dayOfYear >= 1;
                case "15":
                    hour = number(1, 2);
                    return hour >= 0;
                case "03", "3":
                    hour = number(element.length(), 2);
                    return hour >= 0 && hour <= 12;
                case "04", "4":
                    minute = number(element.length(), 2);
                    return minute >= 0;
                case "05", "5":
                    second = number(element.length(), 2);
                    return second >= 0 && looseFraction();
                case "PM", "pm":
                    afternoon = text.regionMatches(true, at, "pm", 0, 2);
                    morning = text.regionMatches(true, at, "am", 0, 2);
                    at += 2;
                    return afternoon || morning;
                case "MST":
                    return zoneName();
                default:
                    return element.charAt(0) == '.' || element.charAt(0) == ',' ? fraction(element) : offset(element);
            }
        }

        private int number(int least, int most) {
            int end = at;
            while (end < text.length() && end - at < most && Character.isDigit(text.charAt(end))) {
                end++;
            }
            if (end - at < least) {
                return -1;
            }
            int value = Integer.parseInt(text.substring(at, end));
            at = end;
            return value;
        }

        private boolean month(String element) {
            for (int i = 1; i <= 12; i++) {
                String name = Month.of(i).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                if (word(element.equals("Jan") ? name.substring(0, 3) : name)) {
                    month = i;
                    return true;
                }
            }
            return false;
        }

        private boolean weekday(String element) {
            for (DayOfWeek weekday : DayOfWeek.values()) {
                String name = weekday.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                if (word(element.equals("Mon") ? name.substring(0, 3) : name)) {
                    return true;
                }
            }
            return false;
        }

        private boolean word(String word) {
            if (!text.regionMatches(true, at, word, 0, word.length())) {
                return false;
            }
            at += word.length();
            return true;
        }

        /// A fraction behind seconds, which a layout need not name.
        private boolean looseFraction() {
            boolean point = at + 1 < text.length()
                    && (text.charAt(at) == '.' || text.charAt(at) == ',')
                    && Character.isDigit(text.charAt(at + 1));
            int fraction = layout.indexOf(".", layout.indexOf("05") < 0 ? 0 : layout.indexOf("05"));
            return !point || fraction >= 0 && isFraction(layout, fraction) || fraction(".9");
        }

        private boolean fraction(String element) {
            boolean fixed = element.charAt(1) == '0';
            if (at >= text.length() || text.charAt(at) != '.' && text.charAt(at) != ',') {
                return !fixed;
            }
            int end = digitsEnd(text, at + 1);
            String digits = text.substring(at + 1, end);
            if (digits.isEmpty() || fixed && digits.length() != element.length() - 1) {
                return false;
            }
            nanos = Integer.parseInt((digits + "000000000").substring(0, 9));
            at = end;
            return true;
        }

        private boolean zoneName() {
            int end = at;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            String name = text.substring(at, end);
            if (name.length() < 3) {
                return false;
            }
            at = end;
            if (name.equals("UTC") || name.equals("GMT")) {
                zone = ZoneId.of("UTC");
            }
            return true;
        }

        private boolean offset(String element) {
            if (element.charAt(0) == 'Z' && text.startsWith("Z", at)) {
                at++;
                zone = ZoneId.of("UTC");
                return true;
            }
            String form = element.replace('Z', '-');
            if (at + form.length() > text.length()) {
                return false;
            }
            String offset = text.substring(at, at + form.length());
            if (!offset.matches(form.replaceAll("[0-9]", "[0-9]").replace("-", "[+-]"))) {
                return false;
            }
            at += form.length();
            try {
                zone = ZoneOffset.of(offset);
            } catch (DateTimeException _) {
                return false;
            }
            if (zone.equals(ZoneOffset.UTC)) {
                zone = ZoneId.of("UTC");
            }
            return true;
        }
    }
}
