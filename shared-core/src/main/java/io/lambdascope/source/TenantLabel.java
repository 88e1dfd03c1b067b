package io.lambdascope.source;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The label that tells tenants apart where several are read at once, as the tenant federation of Mimir and Loki has
/// it. A series or stream that is stored with a label of that name keeps it under [#ORIGINAL].
public final class TenantLabel {
    public static final String NAME = "__tenant_id__";
    public static final String ORIGINAL = "original_" + NAME;

    private TenantLabel() {}

    /// The labels of a stored series or stream of `tenant` as a query over several tenants sees them.
    public static Labels add(Labels stored, Tenant tenant) {
        Labels.Builder labels = stored.toBuilder();
        if (stored.has(NAME)) {
            labels.set(ORIGINAL, stored.get(NAME));
        }
        return labels.set(NAME, tenant.id()).build();
    }

    /// What is left of `matchers` for what is stored of `tenant`; empty if they rule the tenant out.
    public static Optional<List<Matcher>> remove(List<Matcher> matchers, Tenant tenant) {
        List<Matcher> stored = new ArrayList<>(matchers.size());
        for (Matcher matcher : matchers) {
            switch (matcher.name()) {
                case NAME -> {
                    if (!matcher.matches(tenant.id())) {
                        return Optional.empty();
                    }
                }
                case ORIGINAL -> stored.add(new Matcher(NAME, matcher.op(), matcher.value(), matcher.regex()));
                default -> stored.add(matcher);
            }
        }
        return Optional.of(stored);
    }
}
