package coscribe.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/// A relay in a process of its own, at one port for all its lives.
public final class RelayChild implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final Pattern OWNER_LINK = Pattern.compile("coscribe://join/\\S+");

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;
    private final int port;
    private final OptionalInt metricsPort;
    private Child child;

    /// Where a relay keeps what it is told.
    public sealed interface Store {
        record Embedded() implements Store {}

        /// In the relay itself: its end is the end of everything.
        record Memory() implements Store {}

        /// @param strict  whether the relay may promise that saved is on the disk
        record Redis(String url, boolean strict) implements Store {}

        /// Where Sentinels say which Redis is the primary.
        ///
        /// @param durability    the relay's word for what it promises
        /// @param waitReplicas  how many replicas have to confirm an edit
        record Watched(String url, String durability, int waitReplicas) implements Store {}
    }

    private RelayChild(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path folder,
            int port,
            OptionalInt metricsPort) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.folder = folder;
        this.port = port;
        this.metricsPort = metricsPort;
        this.child = Child.start(name, command, environment, folder);
    }

    /// Starts one, and returns when it is ready.
    ///
    /// @param home     the repository
    /// @param folder   for its data and what it says
    /// @param options  of its Java
    public static RelayChild start(String name, Path home, Path folder, Store store, List<String> options) {
        return start(name, home, folder, store, options, OptionalInt.empty(), DRAIN);
    }

    /// As {@link #start(String, Path, Path, Store, List)}, and it tells its metrics.
    ///
    /// @param drain  how much time it gives people to go elsewhere when it is told to end
    public static RelayChild startCounting(
            String name, Path home, Path folder, Store store, List<String> options, Duration drain) {
        return start(name, home, folder, store, options, OptionalInt.of(Ports.free()), drain);
    }

    private static RelayChild start(
            String name,
            Path home,
            Path folder,
            Store store,
            List<String> options,
            OptionalInt metricsPort,
            Duration drain) {
        int port = Ports.free();
        var arguments = List.of(
                "--bind",
                "127.0.0.1:" + port,
                "--data-dir",
                folder.resolve(name).toString(),
                "--metrics-bind",
                metricsPort.isPresent() ? "127.0.0.1:" + metricsPort.getAsInt() : "off",
                "--shutdown-drain",
                drain.toSeconds() + "s");
        Map<String, String> environment = switch (store) {
            case Store.Embedded(), Store.Memory() -> Map.of();
            case Store.Redis(var url, boolean strict) ->
                Map.of(
                        "COSCRIBE_STORE",
                        "redis",
                        "COSCRIBE_REDIS_URL",
                        url,
                        "COSCRIBE_DURABILITY",
                        strict ? "strict" : "volatile");
            case Store.Watched(var url, var durability, int waitReplicas) ->
                Map.of(
                        "COSCRIBE_STORE",
                        "redis",
                        "COSCRIBE_REDIS_URL",
                        url,
                        "COSCRIBE_DURABILITY",
                        durability,
                        "COSCRIBE_REDIS_WAIT_REPLICAS",
                        Integer.toString(waitReplicas));
        };
        var relay =
                new RelayChild(name, command(home, store, options, arguments), environment, folder, port, metricsPort);
        relay.awaitReady();
        return relay;
    }

    private static List<String> command(Path home, Store store, List<String> options, List<String> arguments) {
        if (store instanceof Store.Memory) {
            return Java.program(options, MemoryRelayMain.class.getName(), arguments);
        }
        var serve = new ArrayList<>(List.of("serve"));
        serve.addAll(arguments);
        return Java.relay(home, options, serve);
    }

    public int port() {
        return port;
    }

    /// Where it tells its metrics, of one that {@link #startCounting} started.
    public int metricsPort() {
        return metricsPort.orElseThrow();
    }

    /// One of its metrics now, by its name in Prometheus' format; of one that {@link #startCounting}
    /// started.
    public double metric(String name) {
        return metrics(name + " ")
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(this.name + " has no metric " + name));
    }

    /// All of its metrics now whose names begin so, together; of one that {@link #startCounting} started.
    public double sumOfMetrics(String beginning) {
        return metrics(beginning).sum();
    }

    private DoubleStream metrics(String beginning) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + metricsPort.orElseThrow() + "/metrics"))
                    .timeout(READY_WITHIN)
                    .build();
            var lines =
                    client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
            return lines.filter(line -> line.startsWith(beginning)).toList().stream()
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException("no metrics of " + this.name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Its data folder.
    public Path data() {
        return folder.resolve(name);
    }

    public long pid() {
        return child.pid();
    }

    /// What it printed when it was ready.
    public String banner() {
        return child.said();
    }

    /// The link that makes its first user the owner.
    public Optional<String> ownerLink() {
        var found = OWNER_LINK.matcher(banner());
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /// kill -STOP, see {@link Child#holdStill}.
    public void holdStill() {
        child.holdStill();
    }

    public void goOn() {
        child.goOn();
    }

    /// kill -9.
    public void kill() {
        child.kill();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /// The same again; it need not be ready yet. Its banner is printed once it is.
    public void startAgain() {
        child = Child.start(name, command, environment, folder);
    }

    public void awaitReady() {
        await(_ -> true);
    }

    /// As {@link #awaitReady}, and it refuses no edit.
    public void awaitWrites() {
        await("ready"::equals);
    }

    private void await(Predicate<String> ready) {
        try (var client = HttpClient.newHttpClient()) {
            if (!Patience.until(READY_WITHIN, () -> !child.isAlive() || isReady(client, ready)) || !child.isAlive()) {
                throw new IllegalStateException(name + " did not become ready:\n" + child.said() + child.complaints());
            }
        }
    }

    private boolean isReady(HttpClient client, Predicate<String> ready) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            if (!child.said().endsWith("\n")) {
                return false;
            }
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && ready.test(answer.body().strip());
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public String complaints() {
        return child.complaints();
    }

    @Override
    public void close() {
        child.close();
    }
}
