package io.lambdascope.plan;

/// What an operator may tune of planning.
///
/// @param inlineBytes up to how many stored bytes a query is answered without fanning out
/// @param pieceBytes how many stored bytes a piece should read
/// @param maxPieces the most pieces of one query
/// @param maxShards the most parts that series are divided into
public record PlanSettings(long inlineBytes, long pieceBytes, int maxPieces, int maxShards) {
    public static final PlanSettings DEFAULTS = new PlanSettings(16 << 20, 8 << 20, 64, 16);

    /// Never fans out.
    public static final PlanSettings INLINE = new PlanSettings(Long.MAX_VALUE, Long.MAX_VALUE, 1, 1);

    public PlanSettings {
        if (pieceBytes < 1 || maxPieces < 1 || maxShards < 1) {
            throw new IllegalArgumentException("pieces must be above 0: %d bytes, at most %d, at most %d shards"
                    .formatted(pieceBytes, maxPieces, maxShards));
        }
    }

    /// The same with at most `pieces` pieces of a query.
    public PlanSettings withMaxPieces(int pieces) {
        return new PlanSettings(inlineBytes, pieceBytes, pieces, maxShards);
    }
}
