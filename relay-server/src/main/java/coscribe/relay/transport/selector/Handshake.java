package coscribe.relay.transport.selector;

import coscribe.relay.transport.AddressRanges;
import coscribe.relay.transport.HttpAnswer;
import coscribe.relay.transport.UpgradeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A peer from its first byte until it has shown who it is: its request head, and its place among
/// those of its address, which only so many may have at once. On the loop's thread; where it comes
/// from, and the end of it all, are for any thread.
final class Handshake {
    private final Shared shared;
    private final Loop loop;
    private final Guest guest;
    private final AtomicBoolean underWay = new AtomicBoolean(true);
    private volatile InetSocketAddress from;
    private volatile AcceptGate.Address place;
    private @Nullable HeadReader headReader = new HeadReader();

    /// Whose handshake it is. Called on the loop's thread.
    interface Guest {
        /// @param behind  what came with the head: frames
        void open(UpgradeRequest request, ByteBuffer behind);

        /// Sends a page or an error as the last bytes of this socket.
        void answer(HttpAnswer answer, boolean withBody);

        /// The head is read, and others of its address come first: unread until its turn.
        void waits();

        /// Its turn has come. Whether it still waits.
        boolean goesOn();

        void drop();
    }

    Handshake(Shared shared, Loop loop, Arrival arrival, Guest guest) {
        this.shared = shared;
        this.loop = loop;
        this.guest = guest;
        this.from = arrival.remote();
        this.place = arrival.address();
    }

    /// Where the peer is, behind the proxies that are trusted. Any thread.
    InetSocketAddress from() {
        return from;
    }

    /// Whether it has not shown yet who it is, and holds a place for that. Any thread.
    boolean isUnderWay() {
        return underWay.get();
    }

    /// Gives the place to somebody else, once. Any thread.
    void end() {
        if (underWay.compareAndSet(true, false)) {
            shared.door().leave(place);
        }
    }

    void read(ByteBuffer buffer) {
        if (headReader == null) {
            return;
        }
        switch (headReader.read(buffer, shared.options().headLimit())) {
            case HeadReader.Read.More() -> {}
            case HeadReader.Read.Malformed(int status, String sentence) ->
                answer(HttpAnswer.text(status, sentence), true);
            case HeadReader.Read.Whole(RequestHead head) -> {
                headReader = null;
                takePlace(head, buffer);
            }
        }
    }

    /// One behind a trusted proxy counts by its own address, which only the head tells.
    private void takePlace(RequestHead head, ByteBuffer behind) {
        var proxies = shared.options().trustedProxies();
        var client = place.equals(AcceptGate.Address.PROXIES)
                ? head.field("X-Forwarded-For").flatMap(value -> AddressRanges.clientBehind(value, proxies))
                : Optional.<InetAddress>empty();
        if (client.isEmpty()) {
            decide(head, behind);
            return;
        }
        from = new InetSocketAddress(client.get(), 0);
        var own = AcceptGate.Address.of(client.get());
        var turn = new Turn(
                head,
                ByteBuffer.allocate(behind.remaining()).put(behind.duplicate()).flip());
        switch (shared.door().move(own, turn)) {
            case GO_ON -> {
                place = own;
                decide(head, behind);
            }
            case WAIT -> {
                place = own;
                underWay.set(false);
                guest.waits();
                behind.position(behind.limit());
            }
            case TURN_AWAY ->
                answer(
                        HttpAnswer.text(429, "Too many connections of your address wait already.")
                                .with("Retry-After", "5"),
                        true);
        }
    }

    /// What to go on with when it is this peer's turn.
    private final class Turn implements Waiting {
        private final RequestHead head;
        private final ByteBuffer behind;

        Turn(RequestHead head, ByteBuffer behind) {
            this.head = head;
            this.behind = behind;
        }

        @Override
        public void goOn() {
            loop.execute(() -> {
                underWay.set(true);
                if (guest.goesOn()) {
                    decide(head, behind);
                } else {
                    end();
                }
            });
        }

        @Override
        public void sendAway() {
            loop.execute(guest::drop);
        }
    }

    /// @param behind  what came with the head: frames, if it opens
    private void decide(RequestHead head, ByteBuffer behind) {
        switch (shared.doorman().decide(head, from)) {
            case Doorman.Decision.Open(UpgradeRequest request) -> guest.open(request, behind);
            case Doorman.Decision.Answer(HttpAnswer answer, boolean withBody) -> answer(answer, withBody);
        }
    }

    private void answer(HttpAnswer answer, boolean withBody) {
        headReader = null;
        guest.answer(answer, withBody);
    }
}
