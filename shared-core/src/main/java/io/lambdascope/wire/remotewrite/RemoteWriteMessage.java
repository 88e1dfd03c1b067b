package io.lambdascope.wire.remotewrite;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import org.jspecify.annotations.Nullable;

/// Which protobuf message a remote write body is (prometheus/docs `specs/prw/remote_write_spec_2_0.md`,
/// "Content-Type"). The header `X-Prometheus-Remote-Write-Version` has no say in it.
public enum RemoteWriteMessage {
    /// Remote write 1.0.
    V1("prometheus.WriteRequest"),
    /// Remote write 2.0.
    V2("io.prometheus.write.v2.Request");

    private static final String MEDIA_TYPE = "application/x-protobuf";

    private final String protobufName;

    RemoteWriteMessage(String protobufName) {
        this.protobufName = protobufName;
    }

    /// Fully qualified, as the parameter `proto` of the content type names it.
    public String protobufName() {
        return protobufName;
    }

    /// @param contentType the value of `Content-Type`; null, blank or without `proto` says 1.0
    /// @throws Fault UNSUPPORTED_MEDIA if it is none that is read here
    public static RemoteWriteMessage of(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return V1;
        }
        String[] parts = contentType.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(MEDIA_TYPE)) {
            throw unread("content-type \"%s\"".formatted(contentType));
        }
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].split("=", 2);
            if (parameter.length == 2 && parameter[0].strip().equalsIgnoreCase("proto")) {
                return named(unquoted(parameter[1].strip()));
            }
        }
        return V1;
    }

    private static RemoteWriteMessage named(String name) {
        for (RemoteWriteMessage message : values()) {
            if (message.protobufName.equalsIgnoreCase(name)) {
                return message;
            }
        }
        throw unread("proto=" + name);
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static Fault unread(String what) {
        return new Fault(
                FaultKind.UNSUPPORTED_MEDIA,
                "%s is not read here; send %s with proto=%s or proto=%s"
                        .formatted(what, MEDIA_TYPE, V2.protobufName, V1.protobufName));
    }
}
