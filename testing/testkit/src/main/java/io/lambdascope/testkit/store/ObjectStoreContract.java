package io.lambdascope.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.ObjectStore.Fetched;
import io.lambdascope.store.ObjectStore.Listed;
import io.lambdascope.store.ObjectStore.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ObjectStore] does.
public abstract class ObjectStoreContract {
    @TempDir
    Path directory;

    /// A store in which nothing starts with the prefix that this test gets.
    protected abstract ObjectStore store();

    /// A prefix that no other test uses, ending in `/`.
    protected String prefix() {
        return "";
    }

    private String key(String rest) {
        return prefix() + rest;
    }

    @Test
    void readsWhatWasPut() {
        byte[] body = bytes(100_000);
        store().put(key("a/b.bin"), body);
        assertThat(store().get(key("a/b.bin"))).isEqualTo(body);
        assertThat(store().size(key("a/b.bin"))).isEqualTo(100_000);
    }

    @Test
    void putReplaces() {
        store().put(key("k"), "first".getBytes(UTF_8));
        store().put(key("k"), "second, longer".getBytes(UTF_8));
        assertThat(store().get(key("k"))).asString(UTF_8).isEqualTo("second, longer");
    }

    @Test
    void keepsAnEmptyObject() {
        store().put(key("empty"), new byte[0]);
        assertThat(store().get(key("empty"))).isEmpty();
        assertThat(store().size(key("empty"))).isZero();
    }

    @Test
    void putsFiles() throws IOException {
        byte[] body = bytes(3_000_000);
        Path file = Files.write(directory.resolve("body"), body);
        store().put(key("from-file"), file);
        assertThat(store().get(key("from-file"))).isEqualTo(body);
    }

    @Test
    void changesToTheCallersArrayDoNotReachTheStore() {
        byte[] body = {1, 2, 3};
        store().put(key("k"), body);
        body[0] = 9;
        store().get(key("k"))[1] = 9;
        assertThat(store().get(key("k"))).containsExactly(1, 2, 3);
    }

    @Test
    void oneOfManyPutsStaysWhole() throws Exception {
        List<byte[]> bodies =
                IntStream.range(0, 8).mapToObj(i -> bytes(1000 + i)).toList();
        List<Callable<Object>> puts = bodies.stream()
                .map(body -> Executors.callable(() -> store().put(key("raced"), body)))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Object> put : threads.invokeAll(puts)) {
                put.get();
            }
        }
        assertThat(bodies).contains(store().get(key("raced")));
    }

    @Test
    void readsRanges() {
        byte[] body = bytes(1000);
        store().put(key("k"), body);
        assertThat(store().get(key("k"), 0, 1)).isEqualTo(copy(body, 0, 1));
        assertThat(store().get(key("k"), 10, 20)).isEqualTo(copy(body, 10, 30));
        assertThat(store().get(key("k"), 990, 100)).isEqualTo(copy(body, 990, 1000));
        assertThat(store().get(key("k"), 0, Integer.MAX_VALUE)).isEqualTo(body);
        assertThat(store().get(key("k"), 1000, 1)).isEmpty();
        assertThat(store().get(key("k"), 5_000_000_000L, 10)).isEmpty();
    }

    @Test
    void refusesRangesThatAreNone() {
        store().put(key("k"), bytes(10));
        assertThatIllegalArgumentException().isThrownBy(() -> store().get(key("k"), -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store().get(key("k"), 0, 0));
    }

    @Test
    void readsAgainOnlyWhatHasChanged() {
        store().put(key("k"), "first".getBytes(UTF_8));
        Fetched.Changed first = (Fetched.Changed) store().getIfChanged(key("k"), null);
        assertThat(first.body()).asString(UTF_8).isEqualTo("first");
        assertThat(store().getIfChanged(key("k"), first.etag())).isEqualTo(new Fetched.Unchanged());

        store().put(key("k"), "other".getBytes(UTF_8));
        Fetched.Changed other = (Fetched.Changed) store().getIfChanged(key("k"), first.etag());
        assertThat(other.body()).asString(UTF_8).isEqualTo("other");
        assertThat(store().getIfChanged(key("k"), other.etag())).isEqualTo(new Fetched.Unchanged());
    }

    @Test
    void saysNotFound() {
        assertNotFound(() -> store().get(key("none")));
        assertNotFound(() -> store().getIfChanged(key("none"), null));
        assertNotFound(() -> store().getIfChanged(key("none"), "\"etag\""));
        assertNotFound(() -> store().get(key("none"), 0, 1));
        assertNotFound(() -> store().size(key("none")));
    }

    private static void assertNotFound(Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.NOT_FOUND))
                .hasMessageContaining("none");
    }

    @Test
    void deletesWhatIsThere() {
        store().put(key("a"), bytes(1));
        store().put(key("b"), bytes(1));
        store().put(key("c"), bytes(1));
        store().delete(List.of(key("a"), key("none"), key("c")));
        store().delete(List.of());
        assertThat(listed(prefix())).containsExactly(key("b"));
    }

    @Test
    void whatWasDeletedCanBePutAgain() {
        store().put(key("k"), bytes(1));
        store().delete(List.of(key("k")));
        store().put(key("k"), bytes(2));
        assertThat(store().get(key("k"))).isEqualTo(bytes(2));
    }

    @Test
    void listsInOrderOfKeys() {
        List<String> keys = List.of(key("l/a/1"), key("l/a/2"), key("l/a10"), key("l/b"), key("l/z/y"), key("m"));
        List<String> shuffled = new ArrayList<>(keys);
        Collections.reverse(shuffled);
        shuffled.forEach(key -> store().put(key, bytes(key.length())));
        assertThat(listed(key("l/"))).containsExactlyElementsOf(keys.subList(0, 5));
        assertThat(listed(key("l/a"))).containsExactlyElementsOf(keys.subList(0, 3));
        assertThat(listed(key("nothing/"))).isEmpty();
        Listed first = store().list(key("l/"), null).objects().getFirst();
        assertThat(first.bytes()).isEqualTo(keys.getFirst().length());
        assertThat(first.modifiedMillis()).isPositive();
    }

    @Test
    void listsAndDeletesMoreThanAPage() {
        List<String> keys = IntStream.range(0, manyObjects())
                .mapToObj(i -> key("many/%05d".formatted(i)))
                .toList();
        keys.forEach(key -> store().put(key, new byte[] {1}));
        assertThat(listed(key("many/"))).containsExactlyElementsOf(keys);
        store().delete(keys);
        assertThat(listed(key("many/"))).isEmpty();
    }

    /// How many objects make more than a page.
    protected int manyObjects() {
        return ObjectStore.MAX_PAGE + 5;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "./a", "a/../b", ".."})
    void refusesKeysThatAreNone(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().put(key, bytes(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> store().get(key));
        assertThatIllegalArgumentException().isThrownBy(() -> store().delete(List.of(key)));
    }

    @Test
    void takesTheCharactersOfTenantsAndTimes() {
        String key = key("blocks/te.am-1_!*'()/metrics/2026-11-22T01:00:00.000Z#1+x=y@z/€.bin");
        store().put(key, bytes(7));
        assertThat(store().get(key)).isEqualTo(bytes(7));
        assertThat(listed(key("blocks/"))).containsExactly(key);
    }

    private List<String> listed(String prefix) {
        List<String> keys = new ArrayList<>();
        @Nullable String next = null;
        do {
            Page page = store().list(prefix, next);
            assertThat(page.objects()).hasSizeLessThanOrEqualTo(ObjectStore.MAX_PAGE);
            page.objects().forEach(object -> keys.add(object.key()));
            next = page.next();
        } while (next != null);
        return keys;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] copy(byte[] from, int start, int end) {
        return java.util.Arrays.copyOfRange(from, start, end);
    }
}
