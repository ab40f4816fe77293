package coscribe.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A network that behaves as badly as it is told to, between anybody and anybody who speaks over
/// TCP on this computer. With several targets it is a load balancer as well: by chance, past whoever
/// refuses. (In turn, who opens two connections at a time would have the first of each at one.)
/// Thread-safe; what is told acts at once, on standing connections too.
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS_UNDER_WAY = 64; // with a delay, and behind a throttle: back-pressure from there on
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket listener;
    private final List<InetSocketAddress> targets;
    private final RandomGenerator random;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong swallowed = new AtomicLong();
    private volatile Way forth = Way.GOOD;
    private volatile Way back = Way.GOOD;
    private volatile boolean deaf;
    private volatile Set<InetAddress> onlyFrom = Set.of();
    private final AtomicInteger untilLost = new AtomicInteger();

    /// What happens to bytes in one direction. Their order stays.
    ///
    /// @param delay           of everything
    /// @param jitter          up to this much more, drawn for each piece
    /// @param bytesPerSecond  0: as fast as it goes
    /// @param slice           pieces of at most this many bytes; 0: as they come
    /// @param swallowing      a black hole: taken, and gone for good
    public record Way(Duration delay, Duration jitter, long bytesPerSecond, int slice, boolean swallowing) {
        public static final Way GOOD = new Way(Duration.ZERO, Duration.ZERO, 0, 0, false);
        public static final Way BLACK_HOLE = new Way(Duration.ZERO, Duration.ZERO, 0, 0, true);

        public static Way late(Duration delay, Duration jitter) {
            return new Way(delay, jitter, 0, 0, false);
        }

        public static Way slow(long bytesPerSecond) {
            return new Way(Duration.ZERO, Duration.ZERO, bytesPerSecond, 0, false);
        }

        public static Way sliced(int most) {
            return new Way(Duration.ZERO, Duration.ZERO, 0, most, false);
        }
    }

    /// @param random   for jitter and the choice of a target; thread-safe
    /// @param targets  at least one, on this computer
    public FaultProxy(RandomGenerator random, List<InetSocketAddress> targets) {
        this.random = random;
        this.targets = List.copyOf(targets);
        try {
            this.listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    public static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public int port() {
        return listener.getLocalPort();
    }

    // --- what it is told

    /// Whom the faults meet: who connects from one of these addresses; without any: everybody. Others
    /// are brought through as if all were well.
    public void onlyFrom(Set<InetAddress> addresses) {
        onlyFrom = Set.copyOf(addresses);
    }

    /// From whoever connected to the target.
    public void forth(Way way) {
        forth = way;
    }

    /// From the target to whoever connected.
    public void back(Way way) {
        back = way;
    }

    /// New connections are accepted, and nobody is behind them: half open for ever.
    public void deaf(boolean now) {
        deaf = now;
    }

    /// The `n`th piece from now that comes back from a target (1: the next) is lost, and its
    /// connection with it: carried out, and nobody is told.
    public void loseReply(int n) {
        untilLost.set(n);
    }

    /// Ends every connection in good order, both ends.
    public void cut() {
        pairs.stream().filter(Pair::isMet).forEach(Pair::close);
    }

    /// Ends every connection by a reset (RST), both ends.
    public void reset() {
        pairs.stream().filter(Pair::isMet).forEach(Pair::reset);
    }

    /// Everything is well again for what comes. What was swallowed stays gone, so whoever swallowed
    /// must cut as well.
    public void heal() {
        forth = Way.GOOD;
        back = Way.GOOD;
        deaf = false;
        untilLost.set(0);
        onlyFrom = Set.of();
    }

    // --- what it saw

    public long connections() {
        return connections.get();
    }

    /// How many stand.
    public int standing() {
        return pairs.size();
    }

    /// Bytes that fell into a black hole.
    public long swallowed() {
        return swallowed.get();
    }

    // --- how it works

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var near = listener.accept();
                near.setTcpNoDelay(true);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> pair(near));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pair(Socket near) {
        var alone = new Pair(near, Optional.empty());
        if (deaf && alone.isMet()) {
            pairs.add(alone);
            return;
        }
        var far = connected();
        var pair = new Pair(near, far);
        if (far.isEmpty()) {
            pair.close();
            return;
        }
        pairs.add(pair);
        pump(pair, near, far.get(), true);
        pump(pair, far.get(), near, false);
    }

    private Optional<Socket> connected() {
        int first = random.nextInt(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            var target = targets.get((first + i) % targets.size());
            var socket = new Socket();
            try {
                socket.connect(target, CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                return Optional.of(socket);
            } catch (IOException e) {
                closeQuietly(socket);
            }
        }
        return Optional.empty();
    }

    /// Bytes and when they are due.
    private record Piece(byte[] bytes, long dueNanos) {
        static final Piece END = new Piece(new byte[0], 0);
    }

    private void pump(Pair pair, Socket from, Socket to, boolean isForth) {
        var underWay = new ArrayBlockingQueue<Piece>(CHUNKS_UNDER_WAY);
        Thread.ofVirtual().start(() -> {
            read(pair, from, underWay, isForth);
            put(underWay, Piece.END);
        });
        Thread.ofVirtual().start(() -> {
            write(pair, to, underWay, isForth);
            pair.close();
            underWay.clear(); // whoever reads may wait for room
        });
    }

    private Way way(Pair pair, boolean isForth) {
        if (!pair.isMet()) {
            return Way.GOOD;
        }
        return isForth ? forth : back;
    }

    private void read(Pair pair, Socket from, BlockingQueue<Piece> underWay, boolean isForth) {
        var buffer = new byte[CHUNK];
        long last = System.nanoTime();
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                var way = way(pair, isForth);
                if (way.swallowing()) {
                    swallowed.addAndGet(n);
                    continue;
                }
                if (!isForth && pair.isMet() && isLost()) {
                    swallowed.addAndGet(n);
                    pair.close();
                    return;
                }
                long jitter =
                        way.jitter().isZero() ? 0 : random.nextLong(way.jitter().toNanos());
                last = Math.max(last, System.nanoTime() + way.delay().toNanos() + jitter);
                for (byte[] piece : pieces(buffer, n, way.slice())) {
                    put(underWay, new Piece(piece, last));
                }
            }
        } catch (IOException e) {
            // The connection ended, by somebody's fault: what this is for.
        }
    }

    private boolean isLost() {
        return untilLost.get() > 0 && untilLost.decrementAndGet() == 0;
    }

    private static List<byte[]> pieces(byte[] buffer, int length, int slice) {
        int most = slice == 0 ? length : slice;
        var pieces = new ArrayList<byte[]>();
        for (int at = 0; at < length; at += most) {
            pieces.add(Arrays.copyOfRange(buffer, at, Math.min(length, at + most)));
        }
        return pieces;
    }

    private void write(Pair pair, Socket to, BlockingQueue<Piece> underWay, boolean isForth) {
        try {
            var out = to.getOutputStream();
            for (Piece piece = underWay.take(); piece != Piece.END; piece = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.dueNanos() - System.nanoTime());
                out.write(piece.bytes());
                long rate = way(pair, isForth).bytesPerSecond();
                if (rate > 0) {
                    TimeUnit.NANOSECONDS.sleep(piece.bytes().length * 1_000_000_000L / rate);
                }
            }
        } catch (IOException e) {
            // As above.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void put(BlockingQueue<Piece> queue, Piece piece) {
        try {
            queue.put(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private final class Pair {
        private final Socket near;
        private final Optional<Socket> far;

        Pair(Socket near, Optional<Socket> far) {
            this.near = near;
            this.far = far;
        }

        boolean isMet() {
            var only = onlyFrom;
            return only.isEmpty() || only.contains(near.getInetAddress());
        }

        void close() {
            closeQuietly(near);
            far.ifPresent(FaultProxy::closeQuietly);
            pairs.remove(this);
        }

        void reset() {
            lingerNot(near);
            far.ifPresent(FaultProxy::lingerNot);
            close();
        }
    }

    private static void lingerNot(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is gone.
        }
    }

    @Override
    public void close() {
        closeQuietly(listener);
        pairs.forEach(Pair::close);
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
