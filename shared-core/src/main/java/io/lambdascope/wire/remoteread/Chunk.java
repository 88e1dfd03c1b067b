package io.lambdascope.wire.remoteread;

/// Some consecutive samples of one series as Prometheus' storage keeps them (prometheus `prompb/types.proto`,
/// `tsdb/docs/format/chunks.md`).
///
/// @param minMillis the moment of the first sample
/// @param maxMillis the moment of the last sample
record Chunk(Encoding encoding, long minMillis, long maxMillis, byte[] data) {
    /// How the samples are written.
    enum Encoding {
        XOR(1),
        FLOAT_HISTOGRAM(3);

        private final int code;

        Encoding(int code) {
            this.code = code;
        }

        /// As the protocol numbers it.
        int code() {
            return code;
        }
    }
}
