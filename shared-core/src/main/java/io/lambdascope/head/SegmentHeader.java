package io.lambdascope.head;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.time.TimeRange;

/// What a segment says of itself before its columns.
///
/// @param id follows from the bytes: 32 hexadecimal digits
/// @param range holds every row
/// @param rows series, log lines, spans or profiles
/// @param facts what the signal's planner prunes by, in the signal's own encoding; may be empty
/// @param payloadOffset where the compressed columns begin
/// @param payloadBytes how many bytes they have when decompressed
public record SegmentHeader(
        String id,
        Tenant tenant,
        Signal signal,
        TimeRange range,
        int rows,
        byte[] facts,
        int payloadOffset,
        int payloadBytes) {}
