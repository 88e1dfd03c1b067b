package io.lambdascope.ql;

/// Where in a query's text a node stands: `[start, end)` in characters.
public record SourceRange(int start, int end) {
    /// For nodes that no text was read for.
    public static final SourceRange NOWHERE = new SourceRange(0, 0);

    /// `line:column` of the start within `text`, both from 1, as messages show it.
    public String lineAndColumn(String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(start, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return line + ":" + column;
    }
}
