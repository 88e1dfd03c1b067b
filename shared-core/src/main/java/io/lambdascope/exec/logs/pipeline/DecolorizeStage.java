package io.lambdascope.exec.logs.pipeline;

/// `decolorize`: takes the escape sequences of terminals (ECMA-48) out of the line.
final class DecolorizeStage implements LineStage {
    private static final byte ESCAPE = 0x1b;
    private static final byte BELL = 0x07;

    @Override
    public boolean process(Line line) {
        byte[] bytes = line.bytes();
        int at = line.from();
        while (at < line.to() && bytes[at] != ESCAPE) {
            at++;
        }
        if (at == line.to()) {
            return true;
        }
        byte[] plain = new byte[line.to() - line.from()];
        int size = 0;
        at = line.from();
        while (at < line.to()) {
            if (bytes[at] == ESCAPE) {
                at = sequenceEnd(bytes, at, line.to());
            } else {
                plain[size++] = bytes[at++];
            }
        }
        line.setText(plain, 0, size);
        return true;
    }

    /// Behind the sequence that begins at `from`.
    private static int sequenceEnd(byte[] bytes, int from, int to) {
        int at = from + 1;
        if (at < to && bytes[at] == '[') {
            at++;
            // parameters and intermediates, then one byte that says what they are for
            while (at < to && bytes[at] >= ' ' && bytes[at] <= '?') {
                at++;
            }
            return Math.min(at + 1, to);
        }
        if (at < to && bytes[at] == ']') {
            // a text for the terminal, such as the title of its window
            while (at < to && bytes[at] != BELL && bytes[at] != ESCAPE) {
                at++;
            }
            boolean twoBytes = at + 1 < to && bytes[at] == ESCAPE && bytes[at + 1] == '\\';
            return Math.min(at + (twoBytes ? 2 : 1), to);
        }
        while (at < to && bytes[at] >= ' ' && bytes[at] <= '/') {
            at++;
        }
        return Math.min(at + 1, to);
    }
}
