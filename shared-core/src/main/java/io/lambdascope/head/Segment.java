package io.lambdascope.head;

/// Some seconds of one tenant's data of one signal, encoded: what a push becomes, what the queue carries and the head
/// holds. Two segments with the same id hold the same bytes.
///
/// @param header what the bytes say of themselves
/// @param bytes the whole segment, header included; see `docs/formats/segment.md`
public record Segment(SegmentHeader header, byte[] bytes) {
    /// Reads the header of `bytes`.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if they are no segment
    public static Segment of(byte[] bytes) {
        return new Segment(SegmentFormat.readHeader(bytes), bytes);
    }

    /// The columns, decompressed.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if they do not read as what they should be
    public byte[] payload() {
        return SegmentFormat.payload(header, bytes);
    }

    public String id() {
        return header.id();
    }
}
