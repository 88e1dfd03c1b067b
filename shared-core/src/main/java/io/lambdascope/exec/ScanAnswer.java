package io.lambdascope.exec;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What a scan answers: a partial, the key of the object where it was left because it is too large to be sent,
/// or the fault that ended it. The first byte says which.
public final class ScanAnswer {
    /// Below what an invocation may answer, 6 MB, as base64 in JSON.
    public static final int MAX_SENT_BYTES = 4_400_000;

    /// Where partials that are too large to be sent are left. Whoever reads one deletes it.
    public static final String LEFT_PARTIALS = "partials/";

    private static final byte PARTIAL = 1;
    private static final byte LEFT = 2;
    private static final byte FAULT = 3;

    private ScanAnswer() {}

    /// A partial, left in `objects` under `key` if it is large.
    public static byte[] partial(byte[] partial, ObjectStore objects, String key) {
        if (partial.length <= MAX_SENT_BYTES) {
            return tagged(PARTIAL, partial);
        }
        objects.put(key, partial);
        return tagged(LEFT, key.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] fault(Fault fault) {
        byte[] text = fault.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(1 + text.length);
        return tagged(FAULT, bytes.put((byte) fault.kind().ordinal()).put(text).array());
    }

    /// The partial of an answer; an object that it was left in is deleted.
    ///
    /// @throws Fault what ended the scan; CORRUPT_DATA if `answer` is none
    public static byte[] read(byte[] answer, ObjectStore objects) {
        byte[] body = answer.length == 0 ? answer : Arrays.copyOfRange(answer, 1, answer.length);
        return switch (answer.length == 0 ? 0 : answer[0]) {
            case PARTIAL -> body;
            case LEFT -> fetch(new String(body, StandardCharsets.UTF_8), objects);
            case FAULT -> throw readFault(body);
            default -> throw Fault.corrupt("no answer of a scan: %d bytes", answer.length);
        };
    }

    private static byte[] fetch(String key, ObjectStore objects) {
        byte[] partial = objects.get(key);
        objects.delete(List.of(key));
        return partial;
    }

    private static Fault readFault(byte[] body) {
        FaultKind[] kinds = FaultKind.values();
        if (body.length == 0 || body[0] < 0 || body[0] >= kinds.length) {
            return Fault.corrupt("a scan failed without saying how");
        }
        return new Fault(kinds[body[0]], new String(body, 1, body.length - 1, StandardCharsets.UTF_8));
    }

    private static byte[] tagged(byte tag, byte[] body) {
        return ByteBuffer.allocate(1 + body.length).put(tag).put(body).array();
    }
}
