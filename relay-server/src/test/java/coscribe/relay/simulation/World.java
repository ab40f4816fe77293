package coscribe.relay.simulation;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.store.DocumentStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One simulated tier with its writers, for one seed.
final class World {
    static final String FIRST_TITLE = "Simulated";
    private static final int ACTIONS_LOW = 60;
    private static final int ACTIONS_HIGH = 150;
    private static final long QUIET_WITHIN_MICROS = 300_000_000L;
    /// How often a relay looks at the end of a log to which nobody adds, and a little more.
    private static final long LOOKED_AT_WITHIN_MICROS = 12_000_000L;
    private static final long COMING_IN_MICROS = 5_000_000L;

    final long seed;
    final Scheduler scheduler;
    final Tier tier;
    final DocumentStore truth;
    final Shown shown = new Shown();
    final DocumentId document;
    final Tokens tokens = new Tokens();
    final Seen seen = new Seen();
    final Order order = new Order();
    final List<SimRelay> relays = new ArrayList<>();
    final List<SimClient> clients = new ArrayList<>();
    final List<SimLink> links = new ArrayList<>();
    final Set<SimClient.Named> sent = new HashSet<>();
    final Map<SimClient.Named, Long> bases = new HashMap<>();
    /// What the document was called in the store, in no certain order.
    final Set<String> titles = new HashSet<>();
    /// What it may have been called: the store did not say whether it did.
    final Set<String> perhapsTitles = new HashSet<>();
    final double feedLoss;
    /// How often a commit is not done, and how often it is done and not answered.
    final double commitLoss;
    private final long slowest;
    private final long storeSlowest;
    final Traffic traffic = new Traffic();
    private boolean chaos = true;
    /// Whether roles go at other times, too, than while the outcome of a commit is unknown.
    private boolean demotesAnytime = true;
    private int relaysMade;
    private long linksMade;

    World(long seed) {
        this(seed, MemoryTier::new);
    }

    /// On a model of Redis with replicas.
    static World replicated(long seed) {
        return new World(seed, ReplicatedTier::new);
    }

    /// Where nothing goes wrong: so many people, each at one of so many relays, all of them live.
    static World calm(long seed, Function<Scheduler, Tier> tier, int relays, int people) {
        var world = new World(seed, tier);
        world.chaos = false;
        world.begin(relays, people);
        world.runUntil(world.scheduler.nowMicros() + COMING_IN_MICROS);
        world.require(world.isQuiet(), () -> "not everybody came in: " + world.describe());
        return world;
    }

    private World(long seed, Function<Scheduler, Tier> tier) {
        this.seed = seed;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 0x9E3779B97F4A7C15L);
        this.scheduler = new Scheduler(random);
        this.tier = tier.apply(scheduler);
        this.truth = this.tier.truth();
        this.document = DocumentId.random(random);
        this.feedLoss = random.nextInt(4) * 0.1;
        this.storeSlowest = random.nextInt(8) == 0 ? 800 : 15_000;
        this.slowest = random.nextInt(3) == 0 ? 200_000 : 20_000;
        this.commitLoss = 0.06 + random.nextInt(3) * 0.04;
    }

    /// Runs to the end and judges it.
    ///
    /// @throws SimulationFailure with the seed, if anything is wrong or thrown
    void run() {
        try {
            play();
        } catch (RuntimeException | Error e) {
            throw e instanceof SimulationFailure told ? told : new SimulationFailure(this, e);
        }
    }

    private void play() {
        int writers = 2 + Math.max(scheduler.random.nextInt(7), scheduler.random.nextInt(7));
        int tier = scheduler.chance(0.1) ? 1 : scheduler.chance(0.4) ? 2 : 3;
        begin(tier, writers);
        runUntil(scheduler.nowMicros() + 1_500_000);
        act();
        calm();
        new HistoryChecker(this).check();
    }

    private void begin(int relays, int people) {
        for (int i = 0; i < relays; i++) {
            addRelay();
        }
        for (int i = 0; i < people; i++) {
            clients.add(new SimClient(this, i));
        }
        var made = truth.create(document, Epoch.random(scheduler.random), FIRST_TITLE, clients.getFirst().person);
        settle(made::toCompletableFuture);
        for (SimClient client : clients) {
            if (client != clients.getFirst()) {
                var granted = truth.grant(document, client.person, Optional.of(Role.EDITOR));
                settle(granted::toCompletableFuture);
            }
            scheduler.at(scheduler.between(0, 300_000), client::start);
        }
    }

    private <T> void settle(Supplier<java.util.concurrent.CompletableFuture<T>> future) {
        while (!future.get().isDone() && scheduler.runNext()) {
            // the scheduler's own beat
        }
    }

    private void addRelay() {
        relays.add(new SimRelay(this, ++relaysMade));
    }

    SimLink link(SimClient client, SimRelay relay) {
        var link = new SimLink(this, client, relay, ++linksMade);
        links.add(link);
        return link;
    }

    private void act() {
        int actions = (int) scheduler.between(ACTIONS_LOW, ACTIONS_HIGH);
        long pace = scheduler.random.nextInt(4) == 0 ? 10_000 : 40_000;
        for (int i = 0; i < actions; i++) {
            long until = scheduler.nowMicros() + scheduler.random.nextLong(pace);
            runUntil(until);
            var ready = clients.stream().filter(SimClient::canWrite).toList();
            if (!ready.isEmpty()) {
                any(ready).hand.act();
            }
            disturb();
        }
    }

    private void disturb() {
        tier.disturb(this);
        double dice = scheduler.random.nextDouble();
        if (dice < 0.04) {
            any(clients).cut();
        } else if (dice < 0.06) {
            var down = any(clients);
            down.crash();
            scheduler.at(scheduler.between(1_000, 800_000), () -> restart(down));
        } else if (dice < 0.08) {
            crash(any(relays));
        } else if (dice < 0.12) {
            any(clients).stall();
        } else if (dice < 0.13 && clients.size() > 1 && demotesAnytime) {
            demote(clients.get(1 + scheduler.random.nextInt(clients.size() - 1)));
        } else if (dice < 0.15) {
            any(clients).nudge();
        }
    }

    private static void restart(SimClient client) {
        if (!client.alive()) {
            client.start();
        }
    }

    private void crash(SimRelay relay) {
        if (!relay.alive()) {
            return;
        }
        seen.saw(Seen.What.RELAY_CRASHES);
        relay.crash();
        scheduler.at(scheduler.between(1_000, 500_000), () -> {
            relays.remove(relay);
            addRelay();
        });
    }

    /// A world in which roles go at no other time than while the outcome of a commit is unknown.
    static World ofUnknownOutcomes(long seed) {
        var world = new World(seed);
        world.demotesAnytime = false;
        return world;
    }

    /// Somebody sent the same twice; sometimes their role goes in between.
    void demoteTwice(PersonId person) {
        if (demotesAnytime && faulty(0.3)) {
            demote(person);
        }
    }

    /// The outcome of somebody's commit is unknown; sometimes their role goes just then.
    void demoteUnknown(PersonId person) {
        if (faulty(0.1)) {
            seen.saw(Seen.What.DEMOTED_UNKNOWN);
            demote(person);
        }
    }

    private void demote(PersonId person) {
        clients.stream()
                .skip(1)
                .filter(client -> client.person.equals(person))
                .findFirst()
                .ifPresent(this::demote);
    }

    private void demote(SimClient client) {
        seen.saw(Seen.What.DEMOTIONS);
        grant(client, scheduler.chance(0.5) ? Role.VIEWER : Role.COMMENTER);
        scheduler.at(scheduler.between(100_000, 2_000_000), () -> grant(client, Role.EDITOR));
    }

    private void grant(SimClient client, Role role) {
        var ignored = truth.grant(document, client.person, Optional.of(role));
    }

    private <T> T any(List<T> list) {
        return list.get(scheduler.random.nextInt(list.size()));
    }

    void runUntil(long micros) {
        var reached = new boolean[1];
        scheduler.when(micros, () -> reached[0] = true);
        while (!reached[0] && scheduler.runNext()) {
            // until then
        }
    }

    /// The faults stop; everybody must come to rest, by themselves, in bounded time.
    private void calm() {
        chaos = false;
        tier.calm();
        for (SimClient client : clients) {
            restart(client);
            client.hand.moveCaret();
            if (client != clients.getFirst()) {
                grant(client, Role.EDITOR);
            }
        }
        comeToRest();
        if (tier.forgetsAtRest(this)) {
            runUntil(scheduler.nowMicros() + LOOKED_AT_WITHIN_MICROS);
            comeToRest();
        }
        // A last second for what is still under way, the beat of the relays among it.
        runUntil(scheduler.nowMicros() + Duration.ofSeconds(2).toNanos() / 1_000);
        require(isQuiet(), () -> "not quiet any more: " + describe());
        require(
                wrongAboutSomebody().isEmpty(),
                () -> "not any more: " + wrongAboutSomebody().orElseThrow());
    }

    private void comeToRest() {
        long deadline = scheduler.nowMicros() + QUIET_WITHIN_MICROS;
        while (!isQuiet() || wrongAboutSomebody().isPresent() || !isCalledTheSame()) {
            if (!scheduler.runNext() || scheduler.nowMicros() > deadline) {
                throw new SimulationFailure(
                        this, isQuiet() ? wrongAboutSomebody().orElse(describe()) : "stuck: " + describe());
            }
        }
    }

    private String describe() {
        var text = new StringBuilder();
        for (SimClient client : clients) {
            text.append(client.session().phase())
                    .append(" at ")
                    .append(client.session().revision())
                    .append(" called ")
                    .append(client.session().title())
                    .append(client.session().allSaved() ? " saved; " : " unsaved; ");
        }
        return text.toString();
    }

    boolean isQuiet() {
        return clients.stream()
                        .allMatch(client -> client.alive() && client.session().isQuiet())
                && clients.stream()
                                .map(client -> client.session().revision())
                                .distinct()
                                .count()
                        == 1;
    }

    /// Once nothing is under way, everybody sees everybody else and nobody besides, and each caret
    /// where its owner has it. What the feed lost between relays is told again every 10 s.
    private Optional<String> wrongAboutSomebody() {
        for (SimClient eye : clients) {
            Map<ClientId, Optional<Caret>> seen = new HashMap<>();
            eye.session()
                    .members()
                    .forEach(member -> seen.put(member.client(), member.caret().map(ServerMessage.CaretAt::caret)));
            for (SimClient other : clients) {
                if (other != eye) {
                    var at = seen.remove(other.session().client().orElseThrow());
                    if (at == null || !at.equals(other.session().caret())) {
                        return Optional.of(
                                "somebody stands at " + other.session().caret() + " and is seen at " + at);
                    }
                }
            }
            if (!seen.isEmpty()) {
                return Optional.of("somebody is seen who left: " + seen);
            }
        }
        return Optional.empty();
    }

    /// By everybody, and as the store has it.
    private boolean isCalledTheSame() {
        String kept = storedTitle();
        return clients.stream().allMatch(client -> client.session().title().equals(kept));
    }

    String storedTitle() {
        var access = truth.access(document).toCompletableFuture();
        settle(() -> access);
        return access.join().title();
    }

    /// Whether a relay may have had to drop its copy.
    boolean mayDrop() {
        return tier.forgot() || !tier.trimmed().isEmpty();
    }

    /// Whether anything goes wrong in it.
    boolean isSpoilt() {
        return chaos;
    }

    boolean faulty(double probability) {
        return chaos && probability > 0 && scheduler.chance(probability);
    }

    /// One way through the network, in microseconds.
    long delay() {
        return chaos ? scheduler.between(50, slowest) : scheduler.between(50, 500);
    }

    long storeDelay() {
        return chaos && scheduler.chance(0.05)
                ? scheduler.between(1_000, 100_000)
                : scheduler.between(20, storeSlowest);
    }

    /// A place in the text that several writers like.
    int meetingPlace() {
        return scheduler.random.nextInt(3) * 7;
    }

    void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new SimulationFailure(this, otherwise.get());
        }
    }
}
