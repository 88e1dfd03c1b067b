package io.lambdascope.exec.logs.template;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/// Reads a time of a layout, see [GoLayout].
final class GoTimeReader {
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

    private GoTimeReader(String layout, String text, ZoneId zone) {
        this.layout = layout;
        this.text = text;
        this.zone = zone;
    }

    /// Reads a time; where it names no zone it is in `zone`. Empty if `text` is not of the layout.
    static Optional<GoTime> parse(String layout, String text, ZoneId zone) {
        return new GoTimeReader(layout, text, zone).read();
    }

    private Optional<GoTime> read() {
        int from = 0;
        for (GoLayout.Found found = GoLayout.next(layout, 0); found.at() >= 0; found = GoLayout.next(layout, from)) {
            if (!literal(layout.substring(from, found.at())) || !element(found.element())) {
                return Optional.empty();
            }
            from = found.at() + found.element().length();
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
        return !point || fraction >= 0 && GoLayout.isFraction(layout, fraction) || fraction(".9");
    }

    private boolean fraction(String element) {
        boolean fixed = element.charAt(1) == '0';
        if (at >= text.length() || text.charAt(at) != '.' && text.charAt(at) != ',') {
            return !fixed;
        }
        int end = GoLayout.digitsEnd(text, at + 1);
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
