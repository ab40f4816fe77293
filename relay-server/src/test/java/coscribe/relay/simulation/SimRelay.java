package coscribe.relay.simulation;

import coscribe.ot.document.Document;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.CommitCodec;
import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.session.Doorkeeper;
import coscribe.relay.session.Halls;
import coscribe.relay.session.Reception;
import coscribe.relay.session.SessionMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A relay of the simulated tier: everything of production but socket, store and sign-in.
final class SimRelay {
    static final SequenceLimits LIMITS =
            new SequenceLimits(20_000, 20, 4, 60, 1 << 20, 25, 20_000, 8, Duration.ofMillis(50));

    private final World world;
    private final Reception reception;
    private final Halls halls;
    private boolean alive = true;

    SimRelay(World world, int number) {
        this.world = world;
        var scheduler = world.scheduler;
        var brought = new Brought();
        var store = new FaultyStore(world, world.tier.openDocuments(), brought, this::alive);
        var feed = new FaultyFeed(world, world.tier.openFeed(), brought, this::alive);
        var lanes = new LaneContext(
                "relay-" + number,
                store,
                feed,
                new Codec(),
                LIMITS,
                Runnable::run,
                task -> scheduler.execute(() -> ifAlive(task)),
                (delay, task) -> scheduler.after(delay, () -> ifAlive(task)),
                scheduler,
                scheduler.random);
        this.halls = new Halls(lanes, world.tier.presence(), Durability.STRICT, 200, SessionMetrics.NONE);
        this.reception = new Reception(
                new RelayId("a".repeat(32)),
                halls,
                new OpenDoor(),
                store,
                lanes.timers(),
                scheduler,
                scheduler.random,
                SessionMetrics.NONE);
        halls.start();
    }

    private void ifAlive(Runnable task) {
        if (alive) {
            task.run();
        }
    }

    boolean alive() {
        return alive;
    }

    Reception reception() {
        return reception;
    }

    /// As kill -9: nothing is said, nothing is finished.
    void crash() {
        alive = false;
        world.links.stream().filter(link -> link.relay == this).forEach(SimLink::cut);
    }

    private static final class Codec implements CommitCodec {
        @Override
        public byte[] encode(Committed committed) {
            return Wire.encode(committed);
        }

        @Override
        public Committed decode(byte[] bytes) {
            return Wire.decodeServer(bytes) instanceof Committed committed ? committed : fail();
        }

        private static Committed fail() {
            throw new IllegalArgumentException("not a commit");
        }

        @Override
        public byte[] encode(Document document) {
            return Wire.encodeDocument(document);
        }

        @Override
        public Document decodeDocument(byte[] bytes) {
            return Wire.decodeDocument(bytes);
        }
    }

    /// The token is the person's id.
    private final class OpenDoor implements Doorkeeper {
        @Override
        public CompletionStage<Admission> admit(Credential credential, Optional<String> header, DeviceId device) {
            if (!(credential instanceof Credential.AccessToken(var token))) {
                return CompletableFuture.completedFuture(
                        new Admission.Refused(FailureCode.UNAUTHENTICATED, "no token"));
            }
            var person = new Person(new PersonId(token), "P" + token.charAt(0), PaletteSlot.of(token));
            return CompletableFuture.completedFuture(new Admission.Admitted(
                    person,
                    world.scheduler.instant().plus(Duration.ofHours(10)),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }

        @Override
        public CompletionStage<NewInvite> invite(DocumentId document, Role role, Duration ttl, int uses) {
            throw new UnsupportedOperationException("nobody invites here");
        }
    }
}
