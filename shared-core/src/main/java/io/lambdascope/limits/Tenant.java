package io.lambdascope.limits;

import io.lambdascope.fault.Fault;

/// Whose data it is. Stands in every key and path; its form is Mimir's (`about-tenant-ids.md`): at most 150 bytes of
/// letters, digits and `!-_.*'()`, and not `.` or `..`.
public record Tenant(String id) implements Comparable<Tenant> {
    private static final String SPECIAL = "!-_.*'()";
    private static final int MAX_LENGTH = 150;

    public Tenant {
        if (id.isEmpty() || id.length() > MAX_LENGTH || id.equals(".") || id.equals("..") || !isPlain(id)) {
            throw Fault.badRequest(
                    "tenant id must be 1 to %d letters, digits and %s, and not \".\" or \"..\"", MAX_LENGTH, SPECIAL);
        }
    }

    private static boolean isPlain(String id) {
        return id.chars()
                .allMatch(c -> c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || SPECIAL.indexOf(c) >= 0);
    }

    @Override
    public int compareTo(Tenant other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
