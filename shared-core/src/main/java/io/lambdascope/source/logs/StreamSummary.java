package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.time.TimeRange;

/// What a unit knows of a stream.
///
/// @param entries how many it holds, inside and outside of the range that was asked for
/// @param bytes of their lines and structured metadata, uncompressed
/// @param range holds every entry
public record StreamSummary(Labels labels, long entries, long bytes, TimeRange range) {}
