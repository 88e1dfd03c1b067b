package io.lambdascope.head;

import java.time.Duration;

/// What an operator may tune of the head.
///
/// @param inlineBytes segments up to this size lie in their table item, larger ones in an object: a write unit per
///     KB makes an item dearer than a PUT from about 9 KB on
/// @param registrationLifetime how long it is remembered that a tenant pushed in an hour; the head must be compacted
///     within that time
public record HeadSettings(int inlineBytes, Duration registrationLifetime) {
    public static final HeadSettings DEFAULTS = new HeadSettings(8 * 1024, Duration.ofDays(90));

    public HeadSettings {
        if (inlineBytes < 0 || inlineBytes > 256 * 1024) {
            throw new IllegalArgumentException("inlineBytes must be 0 to 262144, not " + inlineBytes);
        }
    }
}
