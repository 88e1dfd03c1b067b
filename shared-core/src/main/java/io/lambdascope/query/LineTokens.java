package io.lambdascope.query;

import java.util.ArrayList;
import java.util.List;

/// A line as words and what stands between them.
///
/// @param words the words
/// @param skeleton the line with a NUL for each word: lines that have it in common have the same number of words, with
///     the same between them
record LineTokens(List<String> words, String skeleton) {
    static final char WORD = 0;

    /// What comes behind so many words or characters of a line counts as one more word.
    private static final int MAX_WORDS = 60;

    private static final int MAX_CHARACTERS = 2000;

    private static final String BETWEEN = " \t\r\n=\"'`,;:()[]{}<>|&?";

    static LineTokens of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder skeleton = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            int from = at;
            if (words.size() == MAX_WORDS || at >= MAX_CHARACTERS) {
                at = line.length();
            } else {
                while (at < line.length() && !isBetween(line.charAt(at))) {
                    at++;
                }
            }
            if (at > from) {
                words.add(line.substring(from, at));
                skeleton.append(WORD);
            } else {
                skeleton.append(line.charAt(at++));
            }
        }
        return new LineTokens(words, skeleton.toString());
    }

    private static boolean isBetween(char c) {
        return BETWEEN.indexOf(c) >= 0 || c == WORD;
    }
}
