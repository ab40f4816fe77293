package coscribe.relay.simulation;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.session.Doorkeeper;
import coscribe.relay.session.Halls;
import coscribe.relay.session.Names;
import coscribe.relay.session.Reception;
import coscribe.relay.session.SessionMetrics;
import coscribe.relay.session.WireCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A relay of the simulated tier: everything of production but socket, store and sign-in.
final class SimRelay {
    static final SequenceLimits LIMITS =
            new SequenceLimits(20_000, 20, 4, 60, 1 << 20, 10, 20_000, 8, Duration.ofMillis(50));

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
        var clock = new SimClock(world, number);
        var lanes = new LaneContext(
                String.format("relay-%016x", number), // as long as a real one's
                store,
                feed,
                new WireCodec(),
                LIMITS,
                Runnable::run,
                task -> scheduler.execute(() -> ifAlive(task)),
                (delay, task) -> scheduler.after(delay, () -> ifAlive(task)),
                clock,
                scheduler.random);
        this.halls = new Halls(
                lanes, scheduler, world.tier.presence(), Names.NONE, Durability.STRICT, 200, SessionMetrics.NONE);
        this.reception = new Reception(
                new RelayId("a".repeat(32)),
                halls,
                new OpenDoor(),
                store,
                lanes.timers(),
                clock,
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
