package io.lambdascope.localstack.host.lambda;

import com.sun.net.httpserver.HttpServer;
import io.lambdascope.localstack.host.HttpExchanges;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs functions as AWS Lambda does: as processes that poll for events, one at a time each. Listens on loopback, on a
/// free port, for those processes and for an AWS SDK that invokes functions.
public final class LambdaHost implements Closeable {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, FunctionPool> pools = new ConcurrentHashMap<>();
    private final Map<String, AotTraining> trainings = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread warden;

    private final Path dataDir;
    private final List<String> hostFlags;
    private final LambdaLimits limits;
    private final LambdaEvents events;

    private LambdaHost(
            HttpServer server, Path dataDir, List<String> hostFlags, LambdaLimits limits, LambdaEvents events) {
        this.server = server;
        this.dataDir = dataDir;
        this.hostFlags = hostFlags;
        this.limits = limits;
        this.events = events;
        this.warden = Thread.ofPlatform().name("function-limits").daemon().unstarted(this::enforceLimits);
    }

    /// Listens; has no functions yet.
    ///
    /// @param dataDir for logs, caches and what the processes write to their temporary directories
    /// @throws IOException if no port is to be had
    public static LambdaHost open(Path dataDir, LambdaLimits limits, LambdaEvents events) throws IOException {
        Path home = dataDir.toAbsolutePath();
        FunctionLauncher.deleteAll(home.resolve("tmp"));
        Files.createDirectories(home.resolve("logs"));
        List<String> hostFlags = RuntimeLibrary.unpack(home.resolve("native"));
        HttpServer server = HttpExchanges.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        LambdaHost host = new LambdaHost(server, home, hostFlags, limits, events);
        server.createContext("/", new RuntimeApi(host::process));
        server.createContext(InvokeApi.PATH, new InvokeApi(host.pools::get));
        server.setExecutor(host.requests);
        server.start();
        host.warden.start();
        return host;
    }

    /// Takes functions, starts none: the first event does.
    ///
    /// @throws IOException if a function's jars cannot be read
    public void deploy(Collection<FunctionSettings> functions) throws IOException {
        String address = "127.0.0.1:" + server.getAddress().getPort();
        for (FunctionSettings settings : functions) {
            AotCache cache = AotCache.of(dataDir.resolve("aot"), settings);
            FunctionLauncher trainer = new FunctionLauncher(dataDir, settings, address, hostFlags, cache, true);
            trainings.put(settings.name(), new AotTraining(settings, cache, trainer, limits));
            FunctionLauncher launcher = new FunctionLauncher(dataDir, settings, address, hostFlags, cache, false);
            pools.put(settings.name(), new FunctionPool(settings, launcher, limits, events));
        }
    }

    /// Where an AWS SDK finds the Invoke API: its endpoint override for Lambda.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Invokes a function and waits for the outcome.
    ///
    /// @param patience how long to wait where every process is busy: zero to be throttled at once, as on Lambda
    /// @param limit how long to wait in all; the invocation goes on after that
    /// @return null if `limit` has passed
    public @Nullable InvokeOutcome invoke(String function, byte[] payload, Duration patience, Duration limit)
            throws InterruptedException {
        FunctionPool pool = pools.get(function);
        if (pool == null) {
            throw new IllegalArgumentException("no function is called " + function);
        }
        return pool.invoke(payload, patience, limit);
    }

    /// The operating system's ids of the processes of a function that run now.
    public List<Long> pids(String function) {
        FunctionPool pool = pools.get(function);
        return pool == null ? List.of() : pool.pids();
    }

    /// Whether a function has its cache of classes.
    public boolean isTrained(String function) {
        AotTraining training = trainings.get(function);
        return training != null && training.isDone();
    }

    /// Makes the cache of classes of a function unless there is one: its processes start faster from then on. Takes
    /// some seconds of a core.
    ///
    /// @param event what a process is given some times, so that the cache knows the classes of its work
    /// @return whether there is a cache now
    public boolean train(String function, byte[] event) throws IOException, InterruptedException {
        AotTraining training = trainings.get(function);
        if (training == null) {
            throw new IllegalArgumentException("no function is called " + function);
        }
        return training.run(event);
    }

    /// Deletes the cache of classes of a function's module.
    public void forgetCache(String function) throws IOException {
        AotTraining training = trainings.get(function);
        if (training != null) {
            training.forget();
        }
    }

    /// Ends the processes of a function, so that the next event starts one.
    public void recycle(String function) throws InterruptedException {
        FunctionPool pool = pools.get(function);
        if (pool != null) {
            pool.recycle();
        }
    }

    private @Nullable FunctionProcess process(String id) {
        for (AotTraining training : trainings.values()) {
            FunctionProcess process = training.process(id);
            if (process != null) {
                return process;
            }
        }
        for (FunctionPool pool : pools.values()) {
            FunctionProcess process = pool.process(id);
            if (process != null) {
                return process;
            }
        }
        return null;
    }

    private void enforceLimits() {
        try {
            while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                pools.values().forEach(FunctionPool::enforceLimits);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Kills every process and waits until they are gone.
    @Override
    public void close() {
        closing.countDown();
        try {
            for (AotTraining training : trainings.values()) {
                training.close();
            }
            for (FunctionPool pool : pools.values()) {
                pool.close();
            }
            warden.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        requests.shutdownNow();
    }
}
