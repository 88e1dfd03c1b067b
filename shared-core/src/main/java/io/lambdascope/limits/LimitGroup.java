package io.lambdascope.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Makes the limits of one section of the limits file, and knows them all.
final class LimitGroup {
    private final String prefix;
    private final List<Limit<?>> limits = new ArrayList<>();

    /// @param section the object inside a tenant's object that they stand in; empty for the tenant's object itself
    LimitGroup(String section) {
        this.prefix = section.isEmpty() ? "" : section + ".";
    }

    /// A whole number of `least` or more.
    Limit<Long> count(String name, long least, long defaultValue) {
        return count(name, least, Long.MAX_VALUE, defaultValue);
    }

    Limit<Long> count(String name, long least, long most, long defaultValue) {
        return add(name, new Limit.Count(least, most), defaultValue);
    }

    /// So many a second.
    Limit<Double> rate(String name, double defaultValue) {
        return add(name, new Limit.Rate(), defaultValue);
    }

    Limit<Duration> length(String name, Duration defaultValue) {
        return add(name, new Limit.Length(), defaultValue);
    }

    Limit<Boolean> flag(String name, boolean defaultValue) {
        return add(name, new Limit.Flag(), defaultValue);
    }

    /// One of the values of an enum, which the file calls what `text` says.
    <E extends Enum<E>> Limit<E> choice(String name, Class<E> type, Function<E, String> text, E defaultValue) {
        return add(name, new Limit.Choice<>(type, text), defaultValue);
    }

    /// Texts in an order that counts.
    Limit<List<String>> list(String name, List<String> defaultValue) {
        return add(name, new Limit.Listed(), defaultValue);
    }

    /// Rules of what becomes of attributes, the first that fits counts; none where nobody says otherwise.
    ///
    /// @param actions what may become of them
    Limit<List<AttributeRule>> attributeRules(String name, Set<AttributeRule.Action> actions) {
        return add(name, new AttributeRule.Rules(actions), List.of());
    }

    /// Any texts, each once; none where nobody says otherwise.
    Limit<Set<String>> texts(String name) {
        return add(name, new Limit.Texts(), Set.of());
    }

    private <T> Limit<T> add(String name, Limit.Form<T> form, T defaultValue) {
        Limit<T> limit = new Limit<>(prefix + name, form, defaultValue);
        limits.add(limit);
        return limit;
    }

    /// All that were made, in this order.
    List<Limit<?>> all() {
        return List.copyOf(limits);
    }
}
