package coscribe.bench.session;

import coscribe.bench.process.Child;
import coscribe.bench.process.Java;
import coscribe.bench.process.Patience;
import coscribe.bench.process.RedisChild;
import coscribe.bench.process.RelayCache;
import coscribe.bench.process.RelayChild;
import coscribe.bench.trace.Recording;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everybody in a writing session, each a process of its own: relays, their store, writers,
/// readers. Closing ends them, each by its own process id.
final class Cast implements AutoCloseable {
    private static final Duration INVITE_LASTS = Duration.ofHours(6);
    private static final int INVITE_USES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Two processors are shared by everybody here.
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xshare:auto");

    private final Plan plan;
    private final Recording recording;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Optional<RedisChild> redis;
    private final List<RelayChild> relays = new ArrayList<>();
    private final DocumentId document;
    private final String inviteCode;

    /// A writer's or reader's process, and what it tells.
    final class Player {
        final String name;
        final RelayChild relay;
        final Writer.Errand errand;
        final Board board;
        private Child child;

        private Player(String name, int writer, RelayChild relay) {
            this.name = name;
            this.relay = relay;
            Path folder = made(plan.folder().resolve(name));
            this.errand = new Writer.Errand(
                    folder,
                    new RelayAddress("127.0.0.1", relay.port(), false),
                    "coscribe://join/127.0.0.1:" + relay.port() + "/" + inviteCode,
                    document,
                    writer,
                    plan.perSecond());
            this.board = new Board(errand.board());
            this.child = launch();
            toClose.push(this::close);
        }

        private Child launch() {
            var command = Java.program(SMALL, WriterMain.class.getName(), WriterMain.arguments(errand, plan.source()));
            return Child.start(name, command, Map.of(), plan.folder());
        }

        void holdStill() {
            child.holdStill();
        }

        void goOn() {
            child.goOn();
        }

        void kill() {
            child.kill();
        }

        void startAgain() {
            child = launch();
        }

        boolean isAlive() {
            return child.isAlive();
        }

        long pid() {
            return child.pid();
        }

        String text() {
            try {
                return Files.readString(errand.text(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(name + " left no text", e);
            }
        }

        String complaints() {
            return child.complaints();
        }

        private void close() {
            child.close();
        }
    }

    Cast(Plan plan, Recording recording) {
        this.plan = plan;
        this.recording = recording;
        try {
            this.redis = plan.store() == Plan.Kind.REDIS
                    ? Optional.of(RedisChild.start(made(plan.folder()), RedisChild.Keeping.ALWAYS))
                    : Optional.empty();
            redis.ifPresent(toClose::push);
            RelayChild.Store store = redis.<RelayChild.Store>map(it -> new RelayChild.Store.Redis(it.url(), true))
                    .orElseGet(() -> plan.store() == Plan.Kind.MEMORY
                            ? new RelayChild.Store.Memory()
                            : new RelayChild.Store.Embedded());
            RelayCache.make(plan.home());
            for (int i = 0; i < plan.relays(); i++) {
                var relay = RelayChild.start(
                        plan.relays() == 1 ? "relay" : "relay" + (i + 1),
                        plan.home(),
                        made(plan.folder()),
                        store,
                        List.of());
                relays.add(relay);
                toClose.push(relay);
            }
            var made = makeDocument();
            this.document = made.document;
            this.inviteCode = made.code;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private record Made(DocumentId document, String code) {}

    /// The owner makes the document, with its seats, and an invite for everybody.
    private Made makeDocument() {
        String link = relays.getFirst()
                .ownerLink()
                .orElseThrow(() -> new IllegalStateException(
                        "the relay printed no owner link:\n" + relays.getFirst().banner()));
        try (var owner =
                CoscribeClient.join(InviteLink.parse(link), "Ada", plan.folder().resolve("owner"))) {
            var id = owner.createDocument("A writing session").join();
            var opened = owner.open(id);
            opened.opened().join();
            opened.run(it -> it.insert(0, recording.start() + Seats.newlines(recording.agents())))
                    .join();
            opened.saved().join();
            return new Made(
                    id, owner.invite(id, Role.EDITOR, INVITE_LASTS, INVITE_USES).join());
        }
    }

    /// Starts a writer at its own relay.
    Player writer(int number) {
        return started(new Player("writer" + (number + 1), number, relays.get(number % relays.size())));
    }

    /// Starts somebody who only reads.
    Player reader(String name) {
        return started(new Player(name, Writer.LISTENER, relays.getLast()));
    }

    private static Player started(Player player) {
        boolean in = Patience.until(PATIENCE, () -> player.board.stage() != Board.Stage.STARTING || !player.isAlive());
        if (!in || !player.isAlive()) {
            throw new IllegalStateException(player.name + " did not come in:\n" + player.complaints());
        }
        return player;
    }

    List<RelayChild> relays() {
        return relays;
    }

    /// Ends the relays, and reads what they left in the store; empty where it went with them.
    Optional<StoredLog> stored() {
        relays.forEach(RelayChild::close);
        return switch (plan.store()) {
            case REDIS -> redis.map(it -> StoredLog.ofRedis(it.url(), document));
            case EMBEDDED -> Optional.of(StoredLog.ofEmbedded(relays.getFirst().data(), document));
            case MEMORY -> Optional.empty();
        };
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a child did not end", e);
            }
        }
    }
}
