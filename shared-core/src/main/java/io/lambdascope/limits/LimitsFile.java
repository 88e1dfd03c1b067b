package io.lambdascope.limits;

import io.lambdascope.fault.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The limits of all tenants, as an operator writes them down:
///
/// ```
/// {"defaults": {"max_label_names_per_series": 40}, "overrides": {"shop": {"out_of_order_time_window": "30d"}}}
/// ```
///
/// The form is that of Mimir's runtime configuration. An object inside a tenant's object is a section: `logs.x` is `x`
/// inside `logs`.
public final class LimitsFile implements TenantLimitsSource {
    /// Every limit there is.
    public static final List<Limit<?>> KNOWN = Stream.of(
                    MetricsLimits.ALL, OtlpLimits.ALL, LogsLimits.ALL, LogQueryLimits.ALL)
            .flatMap(List::stream)
            .toList();

    /// Nothing is said.
    public static final LimitsFile EMPTY = new LimitsFile(TenantLimits.DEFAULTS, Map.of());

    private static final int MAX_PROBLEMS = 20;

    private final TenantLimits defaults;
    private final Map<Tenant, TenantLimits> overrides;

    private LimitsFile(TenantLimits defaults, Map<Tenant, TenantLimits> overrides) {
        this.defaults = defaults;
        this.overrides = Map.copyOf(overrides);
    }

    /// @throws Fault BAD_REQUEST that names everything that is wrong: nothing of such a file is taken
    public static LimitsFile parse(byte[] json) {
        return parse(json, KNOWN);
    }

    static LimitsFile parse(byte[] json, Collection<Limit<?>> known) {
        return new Reader(known).file(JsonTree.parse(json));
    }

    @Override
    public TenantLimits of(Tenant tenant) {
        return overrides.getOrDefault(tenant, defaults);
    }

    /// Who has limits of their own.
    public Collection<Tenant> tenants() {
        return overrides.keySet();
    }

    private static final class Reader {
        private final Map<String, Limit<?>> known;
        private final List<String> problems = new ArrayList<>();

        private Reader(Collection<Limit<?>> known) {
            this.known = known.stream().collect(Collectors.toMap(Limit::name, Function.identity()));
        }

        private LimitsFile file(Object tree) {
            TenantLimits defaults = TenantLimits.DEFAULTS;
            Map<Tenant, TenantLimits> overrides = new HashMap<>();
            for (Map.Entry<?, ?> part : fields("the file", tree).entrySet()) {
                if (part.getKey().equals("defaults")) {
                    defaults = limits("defaults", part.getValue());
                } else if (part.getKey().equals("overrides")) {
                    fields("overrides", part.getValue())
                            .forEach((name, said) -> override(name.toString(), said, overrides));
                } else {
                    problems.add("%s is none of defaults, overrides".formatted(part.getKey()));
                }
            }
            if (!problems.isEmpty()) {
                int shown = Math.min(problems.size(), MAX_PROBLEMS);
                String more = problems.size() > shown ? "; and %d more".formatted(problems.size() - shown) : "";
                throw Fault.badRequest("%s", String.join("; ", problems.subList(0, shown)) + more);
            }
            TenantLimits ofAll = defaults;
            overrides.replaceAll((tenant, own) -> ofAll.with(own));
            return new LimitsFile(defaults, overrides);
        }

        private void override(String name, Object said, Map<Tenant, TenantLimits> overrides) {
            TenantLimits limits = limits("overrides." + name, said);
            try {
                overrides.put(new Tenant(name), limits);
            } catch (Fault e) {
                problems.add("overrides.%s: %s".formatted(name, e.text()));
            }
        }

        private TenantLimits limits(String where, Object said) {
            Map<Limit<?>, Object> values = new HashMap<>();
            section(where, "", said, values);
            return new TenantLimits(values);
        }

        private void section(String where, String prefix, Object said, Map<Limit<?>, Object> values) {
            fields(where, said).forEach((field, json) -> {
                String name = prefix + field;
                String place = where + "." + field;
                Limit<?> limit = known.get(name);
                if (limit != null) {
                    Object value = limit.read(json);
                    if (value == null) {
                        problems.add("%s must be %s, not %s".formatted(place, limit.right(), shown(json)));
                    } else {
                        values.put(limit, value);
                    }
                } else if (known.keySet().stream().anyMatch(any -> any.startsWith(name + "."))) {
                    section(place, name + ".", json, values);
                } else {
                    problems.add("%s: there is no such limit".formatted(place));
                }
            });
        }

        private Map<?, ?> fields(String where, Object json) {
            if (json instanceof Map<?, ?> fields) {
                return fields;
            }
            problems.add("%s must be an object, not %s".formatted(where, shown(json)));
            return Map.of();
        }

        private static String shown(Object json) {
            return switch (json) {
                case String text -> "\"%s\"".formatted(text.length() > 100 ? text.substring(0, 100) + "…" : text);
                case Map<?, ?> _ -> "an object";
                case List<?> _ -> "a list";
                default -> json.toString();
            };
        }
    }
}
