package io.lambdascope.compact;

import io.lambdascope.source.Unit;

/// A block that has been written and does not count yet.
///
/// @param items samples, log lines, spans or values in it
/// @param series how many series, streams and the like they belong to
public record WrittenBlock(Unit unit, long items, long series) {}
