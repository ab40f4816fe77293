package coscribe.relay.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between a relay and its Redis, and may swallow replies or cut the line.
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;
    private volatile long swallowed;
    private volatile int connections;

    CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    RedisUrl url() {
        return RedisUrl.parse("redis://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                var relay = listener.accept();
                var redis = new Socket(InetAddress.getLoopbackAddress(), target);
                relay.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                connections++;
                sockets.addAll(List.of(relay, redis));
                pump(relay, redis, false);
                pump(redis, relay, true);
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void pump(Socket from, Socket to, boolean replies) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        Thread.ofVirtual().start(() -> {
            var buffer = new byte[8192];
            try (from;
                    to) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (replies && swallowing) {
                        swallowed += n;
                    } else {
                        out.write(buffer, 0, n);
                    }
                }
            } catch (IOException _) {
                // cut: what the proxy is for
            }
        });
    }

    /// From now on Redis carries out what it is sent, and nobody hears of it.
    void swallowReplies() {
        swallowing = true;
    }

    /// Bytes of replies that nobody heard.
    long swallowed() {
        return swallowed;
    }

    /// How many were made so far.
    int connections() {
        return connections;
    }

    /// Cuts every line; new ones work.
    void cut() throws IOException {
        swallowing = false;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
