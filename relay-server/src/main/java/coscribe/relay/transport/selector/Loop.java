package coscribe.relay.transport.selector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One selector thread. Each turn it visits the sockets that are ready, every one once, and then
/// runs what others handed to it. Nothing that a visit throws ends it.
final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    /// Room for one read, and for one more TLS record than fits: a record is unwrapped whole.
    private static final int READ_BUFFER_BYTES = 96 << 10;

    private static final int RECORD_BUFFER_BYTES = 64 << 10;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer readBuffer = ByteBuffer.allocate(READ_BUFFER_BYTES);
    private @Nullable ByteBuffer recordBuffer;
    private final LongAdder visits = new LongAdder();
    private final AtomicBoolean sweepAsked = new AtomicBoolean();
    private volatile boolean stopping;

    /// What sits on a selection key.
    interface Visitor {
        /// Its channel is ready for something. On the loop's thread.
        void visit(SelectionKey key) throws IOException;

        /// A visit or a deadline failed in an unforeseen way, or the loop ends: let the channel go.
        void drop();

        /// Time has passed.
        void sweep(long nowMillis);
    }

    Loop(String name) throws IOException {
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Lets go of all channels and ends the thread.
    void stop() {
        stopping = true;
        selector.wakeup();
    }

    boolean isStopping() {
        return stopping;
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /// Runs a task on this loop's thread, after the visits of the turn. Any thread.
    void execute(Runnable task) {
        tasks.add(task);
        wakeUp();
    }

    /// Makes changed interests count, if another thread changed them.
    void wakeUp() {
        if (!isCurrent()) {
            selector.wakeup();
        }
    }

    /// On the loop's thread, to register channels.
    Selector selector() {
        return selector;
    }

    /// Space to read into, empty, shared by all channels of this loop for the length of a visit.
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    /// Visits who is ready now. The selector lets go of closed channels only while it selects, so a
    /// closed listening socket listens until then. On the loop's thread, in a task.
    void turn() throws IOException {
        selector.selectNow(this::visit);
    }

    /// Space to read TLS records into, empty, shared like the read buffer.
    ByteBuffer recordBuffer() {
        var buffer = recordBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(RECORD_BUFFER_BYTES);
            recordBuffer = buffer;
        }
        return buffer.clear();
    }

    /// Looks at everybody's deadlines, once however often it is asked meanwhile. Any thread.
    void sweepSoon(LongSupplier nowMillis) {
        if (sweepAsked.compareAndSet(false, true)) {
            execute(() -> {
                sweepAsked.set(false);
                sweep(nowMillis.getAsLong());
            });
        }
    }

    private void sweep(long nowMillis) {
        for (var key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof Visitor visitor) {
                try {
                    visitor.sweep(nowMillis);
                } catch (Throwable unforeseen) {
                    dropAfter(unforeseen, visitor);
                }
            }
        }
    }

    /// Visits of ready channels since the start.
    long visits() {
        return visits.sum();
    }

    private void run() {
        try {
            while (!stopping) {
                selector.select(this::visit);
                runTasks();
            }
        } catch (IOException | ClosedSelectorException broken) {
            log.error("event=selector-broken thread={}", thread.getName(), broken);
        } finally {
            close();
        }
    }

    private void visit(SelectionKey key) {
        visits.increment();
        var visitor = (Visitor) key.attachment();
        try {
            visitor.visit(key);
        } catch (IOException | CancelledKeyException gone) {
            visitor.drop();
        } catch (Throwable unforeseen) {
            dropAfter(unforeseen, visitor);
        }
    }

    private void runTasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable unforeseen) {
                tell(() -> log.error("event=task-failed thread={}", thread.getName(), unforeseen));
            }
        }
    }

    /// One channel's failure is that channel's end. Errors too: a StackOverflowError or a too large
    /// allocation for one peer says nothing about the others; in the library's own server
    /// it ended everything.
    private void dropAfter(Throwable unforeseen, Visitor visitor) {
        tell(() -> log.error("event=connection-dropped thread={}", thread.getName(), unforeseen));
        try {
            visitor.drop();
        } catch (Throwable again) {
            tell(() -> log.error("event=drop-failed thread={}", thread.getName(), again));
        }
    }

    /// Says what failed. Where memory or file descriptors have run out, even that may fail: classes
    /// that it needs cannot be loaded. That must not end a loop, or the listening.
    static void tell(Runnable words) {
        try {
            words.run();
        } catch (Throwable unsayable) {
            // Nobody is left to tell; what failed was dealt with, and the next thing goes on.
        }
    }

    private void close() {
        runTasks();
        for (var key : Set.copyOf(selector.keys())) {
            if (key.attachment() instanceof Visitor visitor) {
                visitor.drop();
            }
        }
        try {
            selector.close();
        } catch (IOException alreadyBroken) {
            log.warn("event=selector-close-failed thread={}", thread.getName(), alreadyBroken);
        }
    }
}
