package io.lambdascope.limits;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelRegex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What becomes of attributes of OTLP logs, written as in Loki's `otlp_config`:
///
/// ```
/// {"action": "drop", "attributes": ["process.command_line"], "regex": "internal\\..*"}
/// ```
///
/// @param attributes whole names
/// @param regex over whole names; empty for none
public record AttributeRule(Action action, Set<String> attributes, String regex) {
    /// What may become of an attribute.
    public enum Action {
        INDEX_LABEL,
        STRUCTURED_METADATA,
        DROP;

        /// As settings name it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AttributeRule {
        attributes = Set.copyOf(attributes);
    }

    /// What decides whether this rule is about an attribute of a name: made once, for many names.
    public interface Names {
        boolean include(String attribute);
    }

    /// The names that this rule is about.
    public Names names() {
        if (regex.isEmpty()) {
            return attributes::contains;
        }
        LabelRegex compiled = LabelRegex.compile(regex);
        return attribute -> attributes.contains(attribute) || compiled.matches(attribute);
    }

    /// A list of rules of which each has one of `actions`.
    record Rules(Set<Action> actions) implements Limit.Form<List<AttributeRule>> {
        private static final Set<String> FIELDS = Set.of("action", "attributes", "regex");

        @Override
        public List<AttributeRule> cast(Object value) {
            return ((List<?>) value).stream().map(AttributeRule.class::cast).toList();
        }

        @Override
        public @Nullable List<AttributeRule> read(Object json) {
            if (!(json instanceof List<?> items)) {
                return null;
            }
            List<AttributeRule> rules = new ArrayList<>();
            for (Object item : items) {
                AttributeRule rule = item instanceof Map<?, ?> fields ? rule(fields) : null;
                if (rule == null) {
                    return null;
                }
                rules.add(rule);
            }
            return List.copyOf(rules);
        }

        private @Nullable AttributeRule rule(Map<?, ?> fields) {
            Action action = Arrays.stream(Action.values())
                    .filter(any -> actions.contains(any) && any.text().equals(fields.get("action")))
                    .findFirst()
                    .orElse(null);
            Set<String> attributes =
                    new Limit.Texts().read(fields.containsKey("attributes") ? fields.get("attributes") : List.of());
            Object regex = fields.containsKey("regex") ? fields.get("regex") : "";
            if (action == null
                    || attributes == null
                    || !(regex instanceof String text)
                    || !isRegex(text)
                    || attributes.isEmpty() && text.isEmpty()
                    || !FIELDS.containsAll(fields.keySet())) {
                return null;
            }
            return new AttributeRule(action, attributes, text);
        }

        private static boolean isRegex(String text) {
            try {
                LabelRegex.compile(text);
                return true;
            } catch (Fault e) {
                return false;
            }
        }

        @Override
        public Object write(List<AttributeRule> rules) {
            return rules.stream().map(Rules::written).toList();
        }

        private static Map<String, Object> written(AttributeRule rule) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("action", rule.action().text());
            if (!rule.attributes().isEmpty()) {
                fields.put("attributes", new Limit.Texts().write(rule.attributes()));
            }
            if (!rule.regex().isEmpty()) {
                fields.put("regex", rule.regex());
            }
            return fields;
        }

        @Override
        public String right() {
            String names = Arrays.stream(Action.values())
                    .filter(actions::contains)
                    .map(Action::text)
                    .collect(Collectors.joining(", "));
            return "a list of objects with an action (%s) and attributes (names), a regex over names, or both"
                    .formatted(names);
        }
    }
}
