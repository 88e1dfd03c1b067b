package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The objects of one S3 bucket.
public final class S3ObjectStore implements ObjectStore {
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int MAX_DELETE = 1000;

    private final S3Client s3;
    private final String bucket;

    public S3ObjectStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void put(String key, byte[] body) {
        put(key, RequestBody.fromBytes(body));
    }

    @Override
    public void put(String key, Path file) {
        put(key, RequestBody.fromFile(file));
    }

    private void put(String key, RequestBody body) {
        ObjectStore.requireKey(key);
        call(
                "put of " + key,
                () -> s3.putObject(request -> request.bucket(bucket).key(key), body));
    }

    @Override
    public byte[] get(String key) {
        ObjectStore.requireKey(key);
        return call(
                "get of " + key,
                () -> s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                        .asByteArrayUnsafe());
    }

    @Override
    public Fetched getIfChanged(String key, @Nullable String etag) {
        ObjectStore.requireKey(key);
        return call("get of " + key, () -> {
            try {
                ResponseBytes<GetObjectResponse> object = s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key(key).ifNoneMatch(etag));
                return new Fetched.Changed(object.response().eTag(), object.asByteArrayUnsafe());
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_MODIFIED) {
                    return new Fetched.Unchanged();
                }
                throw e;
            }
        });
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        ObjectStore.requireKey(key);
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "range must start at 0 or later and have a byte, but is %d + %d".formatted(offset, length));
        }
        String range = "bytes=%d-%d".formatted(offset, offset + length - 1);
        return call("get of " + key, () -> {
            try {
                return s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key).range(range))
                        .asByteArrayUnsafe();
            } catch (S3Exception e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return new byte[0];
                }
                throw e;
            }
        });
    }

    @Override
    public long size(String key) {
        ObjectStore.requireKey(key);
        return call(
                "head of " + key,
                () -> s3.headObject(request -> request.bucket(bucket).key(key)).contentLength());
    }

    @Override
    public void delete(Collection<String> keys) {
        List<ObjectIdentifier> all = keys.stream()
                .map(key -> ObjectIdentifier.builder()
                        .key(ObjectStore.requireKey(key))
                        .build())
                .toList();
        for (int from = 0; from < all.size(); from += MAX_DELETE) {
            List<ObjectIdentifier> some = all.subList(from, Math.min(from + MAX_DELETE, all.size()));
            DeleteObjectsResponse answer = call(
                    "delete of %d objects".formatted(some.size()),
                    () -> s3.deleteObjects(request -> request.bucket(bucket)
                            .delete(Delete.builder().objects(some).quiet(true).build())));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                var first = answer.errors().getFirst();
                throw new Fault(
                        FaultKind.UNAVAILABLE,
                        "delete of %d of %d objects failed, the first of them %s: %s"
                                .formatted(answer.errors().size(), some.size(), first.key(), first.code()));
            }
        }
    }

    @Override
    public Page list(String prefix, @Nullable String next) {
        ListObjectsV2Response answer = call(
                "list of " + prefix,
                () -> s3.listObjectsV2(request -> request.bucket(bucket)
                        .prefix(prefix)
                        .continuationToken(next)
                        .maxKeys(MAX_PAGE)));
        List<Listed> objects = new ArrayList<>();
        answer.contents()
                .forEach(object -> objects.add(new Listed(
                        object.key(), object.size(), object.lastModified().toEpochMilli())));
        boolean more = Boolean.TRUE.equals(answer.isTruncated());
        return new Page(List.copyOf(objects), more ? answer.nextContinuationToken() : null);
    }

    private static <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND && !AwsFaults.codeOf(e).equals("NoSuchBucket")) {
                throw new Fault(FaultKind.NOT_FOUND, what + " failed: there is none", e);
            }
            throw AwsFaults.of(what, e);
        } catch (SdkException e) {
            throw AwsFaults.of(what, e);
        }
    }
}
