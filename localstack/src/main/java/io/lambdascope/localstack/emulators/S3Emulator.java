package io.lambdascope.localstack.emulators;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// S3Proxy over a directory: a bucket is a directory, an object is a file, its metadata are extended attributes.
/// Because of that a key cannot be both an object and the "directory" of others, as it can in S3.
final class S3Emulator implements Closeable {
    private final S3Proxy server;

    private S3Emulator(S3Proxy server) {
        this.server = server;
    }

    static S3Emulator start(Path directory, int port) throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .awsAuthentication(AuthenticationType.NONE, null, null)
                .endpoint(URI.create("http://%s:%d".formatted(Emulators.LOOPBACK, port)))
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return new S3Emulator(server);
    }

    URI endpoint() {
        return URI.create("http://%s:%d".formatted(Emulators.LOOPBACK, server.getPort()));
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the S3 server stops", e);
        } catch (Exception e) {
            throw new IOException("the S3 server does not stop: " + e.getMessage(), e);
        }
    }
}
