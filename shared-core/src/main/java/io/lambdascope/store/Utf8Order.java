package io.lambdascope.store;

import java.util.Comparator;

/// Compares texts as their UTF-8 bytes compare, which is how S3 and DynamoDB order keys. It differs from
/// [String#compareTo] where a surrogate pair meets a character from U+E000 on.
public enum Utf8Order implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                boolean surrogateB = Character.isSurrogate(b);
                return surrogateA == surrogateB ? Character.compare(a, b) : Boolean.compare(surrogateA, surrogateB);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
