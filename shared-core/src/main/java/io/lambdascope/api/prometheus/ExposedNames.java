package io.lambdascope.api.prometheus;

import io.lambdascope.labels.LabelText;
import org.jspecify.annotations.Nullable;

/// What is done with names of metrics and labels that an older reader would not take (prometheus/docs
/// `instrumenting/escaping_schemes.md`, prometheus/common `model.EscapeName`).
enum ExposedNames {
    /// They stay as they are.
    ALLOW_UTF_8("allow-utf-8"),
    /// Each character that may not be is an underscore.
    UNDERSCORES("underscores"),
    /// A dot is `_dot_`, an underscore two, anything else that may not be two as well.
    DOTS("dots"),
    /// `U__`, an underscore as two, and what may not be as its number: what [EscapedLabelName] reads.
    VALUES("values");

    private final String text;

    ExposedNames(String text) {
        this.text = text;
    }

    /// As it stands in a media type.
    String text() {
        return text;
    }

    /// The one that a media type names; `otherwise` if it names none that is known.
    static ExposedNames of(@Nullable String text, ExposedNames otherwise) {
        for (ExposedNames one : values()) {
            if (one.text.equals(text)) {
                return one;
            }
        }
        return otherwise;
    }

    String metric(String name) {
        return escape(name, LabelText.isPlainMetricName(name));
    }

    String label(String name) {
        return escape(name, LabelText.isPlainLabelName(name));
    }

    private String escape(String name, boolean plain) {
        return switch (this) {
            case ALLOW_UTF_8 -> name;
            case UNDERSCORES -> plain ? name : replaced(name);
            case DOTS -> replaced(name);
            case VALUES -> plain ? name : "U__" + replaced(name);
        };
    }

    private String replaced(String name) {
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            boolean letter = c < 0x80 && Character.isLetter(c) || c == ':';
            if (c == '_') {
                out.append(this == UNDERSCORES ? "_" : "__");
            } else if (c == '.' && this == DOTS) {
                out.append("_dot_");
            } else if (letter || i > 0 && c >= '0' && c <= '9') {
                out.append((char) c);
            } else {
                out.append(
                        switch (this) {
                            case ALLOW_UTF_8, UNDERSCORES -> "_";
                            case DOTS -> "__";
                            case VALUES -> "_" + Integer.toHexString(c) + "_";
                        });
            }
        }
        return out.toString();
    }
}
