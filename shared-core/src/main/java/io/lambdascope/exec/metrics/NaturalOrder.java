package io.lambdascope.exec.metrics;

/// Compares texts piece by piece, runs of digits as numbers, so that `cpu2` comes before `cpu10`.
final class NaturalOrder {
    private NaturalOrder() {}

    static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endOfA = endOfPiece(a, i);
            int endOfB = endOfPiece(b, j);
            String left = a.substring(i, endOfA);
            String right = b.substring(j, endOfB);
            int order = isDigit(left.charAt(0)) && isDigit(right.charAt(0))
                    ? compareNumbers(left, right)
                    : left.compareTo(right);
            if (order != 0) {
                return order;
            }
            i = endOfA;
            j = endOfB;
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int endOfPiece(String text, int from) {
        boolean digits = isDigit(text.charAt(from));
        int end = from + 1;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int compareNumbers(String a, String b) {
        String left = withoutZeros(a);
        String right = withoutZeros(b);
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static String withoutZeros(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }
}
