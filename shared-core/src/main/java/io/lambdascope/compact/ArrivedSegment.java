package io.lambdascope.compact;

import io.lambdascope.source.Unit;

/// A segment of the head.
///
/// @param hour of arrival, counted from the epoch
public record ArrivedSegment(long hour, Unit unit) {}
