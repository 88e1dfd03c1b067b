package io.lambdascope.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Makes ids that nobody else has made. A collaborator, so that tests know them.
public interface Ids {
    /// A new id: 26 letters and digits that sort by the time they were made.
    String next();

    /// An id that follows from content: the same bytes have the same id wherever and whenever it is taken.
    ///
    /// @return 32 hexadecimal digits, the first half of SHA-256
    static String ofContent(String scope, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(scope.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(content);
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
