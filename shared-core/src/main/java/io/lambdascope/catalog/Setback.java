package io.lambdascope.catalog;

/// What is remembered of merges that were dropped because time was up.
///
/// @param level of the blocks that they should have written
/// @param count how many, 0 for none
/// @param lastMillis when the last was dropped, milliseconds since the Unix epoch
public record Setback(int level, int count, long lastMillis) {
    public static final Setback NONE = new Setback(0, 0, 0);
}
