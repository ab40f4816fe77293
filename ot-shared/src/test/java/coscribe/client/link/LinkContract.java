package coscribe.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every link does.
public abstract class LinkContract {
    protected static final RelayId RELAY = new RelayId("ab".repeat(16));
    protected static final Person MARA = new Person(new PersonId("11".repeat(16)), "Mara", new PaletteSlot(0, 0));

    protected final ExecutorService home = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("home").daemon().factory());

    /// A link to a relay that this peer plays; listeners are called on {@link #home}.
    protected abstract Link linkTo(Peer peer);

    /// A link to nobody.
    protected abstract Link linkToNobody();

    @AfterEach
    void end() {
        home.shutdownNow();
    }

    protected static ServerMessage.Welcome welcome() {
        return new ServerMessage.Welcome(
                1, RELAY, MARA, Optional.empty(), System.currentTimeMillis() + 900_000, Optional.empty(), true);
    }

    /// A relay that lets everybody in and notes what it hears.
    public static class Willing implements Peer {
        public final List<ClientMessage> heard = new CopyOnWriteArrayList<>();
        public final List<Line> lines = new CopyOnWriteArrayList<>();
        public final List<Line> ended = new CopyOnWriteArrayList<>();

        @Override
        public void heard(Line line, ClientMessage message) {
            heard.add(message);
            if (message instanceof ClientMessage.Hello) {
                lines.add(line);
                line.tell(welcome());
            }
        }

        @Override
        public void ended(Line line) {
            ended.add(line);
        }
    }

    /// Notes what it hears and on which thread.
    public static final class Notes implements LinkListener {
        public final List<Object> heard = new CopyOnWriteArrayList<>();
        public final List<String> threads = new CopyOnWriteArrayList<>();

        private void note(Object what) {
            threads.add(Thread.currentThread().getName());
            heard.add(what);
        }

        @Override
        public void up(ServerMessage.Welcome welcome) {
            note("up");
        }

        @Override
        public void received(ServerMessage message) {
            note(message);
        }

        @Override
        public void lost(LinkLoss loss) {
            note(loss);
        }

        public long losses() {
            return heard.stream().filter(LinkLoss.class::isInstance).count();
        }
    }

    protected static void until(BooleanSupplier condition) {
        await().until(condition::getAsBoolean);
    }

    @Test
    void it_is_up_first_and_then_hears_everything_in_order_at_home() {
        var relay = new Willing() {
            @Override
            public void heard(Line line, ClientMessage message) {
                super.heard(line, message);
                for (int i = 0; i < 500; i++) {
                    line.tell(new ServerMessage.Pong(i));
                }
            }
        };
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.size() == 501);
        assertThat(notes.heard.getFirst()).isEqualTo("up");
        for (int i = 0; i < 500; i++) {
            assertThat(notes.heard.get(i + 1)).isEqualTo(new ServerMessage.Pong(i));
        }
        assertThat(notes.threads).containsOnly("home");
        connection.close("done");
    }

    @Test
    void what_is_sent_arrives_once_and_in_order() {
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.contains("up"));
        for (int i = 0; i < 500; i++) {
            connection.send(new ClientMessage.Ping(i));
        }
        until(() -> relay.heard.size() == 501);
        for (int i = 0; i < 500; i++) {
            assertThat(relay.heard.get(i + 1)).isEqualTo(new ClientMessage.Ping(i));
        }
        connection.close("done");
    }

    @Test
    void before_it_is_up_nothing_is_sent() {
        Peer silent = (line, message) -> {};
        var notes = new Notes();
        var connection = linkTo(silent).connect(notes);
        connection.send(new ClientMessage.Ping(1));
        connection.close("done");
        until(() -> notes.losses() == 1);
        assertThat(notes.heard).hasSize(1);
    }

    @Test
    void a_cut_is_told_once_and_last() {
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.contains("up"));
        relay.lines.getFirst().cut();
        until(() -> notes.losses() == 1);
        connection.send(new ClientMessage.MoveCaret(Revision.ZERO, Optional.of(Caret.at(0))));
        connection.close("late");
        assertThat(notes.heard).last().isInstanceOf(LinkLoss.Closed.class);
        assertThat(notes.losses()).isEqualTo(1);
    }

    @Test
    void a_close_of_the_relays_is_told_with_its_code() {
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.contains("up"));
        relay.lines.getFirst().close(4008, "too slow, resync");
        until(() -> notes.losses() == 1);
        assertThat(notes.heard).last().isEqualTo(new LinkLoss.Closed(4008, "too slow, resync"));
        connection.close("late");
    }

    @Test
    void after_it_was_closed_here_only_the_loss_is_heard() throws Exception {
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.contains("up"));
        home.submit(() -> {
                    relay.lines.getFirst().tell(new ServerMessage.Pong(1));
                    connection.close("enough");
                })
                .get();
        until(() -> notes.losses() == 1);
        until(() -> relay.ended.size() == 1);
        home.submit(() -> {}).get();
        assertThat(notes.heard).containsExactly("up", new LinkLoss.Ended("enough"));
    }

    @Test
    void who_is_not_let_in_hears_why_and_then_the_loss() {
        var no = new ServerMessage.Failed(FailureCode.INVITE_EXPIRED, "This invite link expired.", 0);
        Peer strict = (line, message) -> line.tell(no);
        var notes = new Notes();
        var connection = linkTo(strict).connect(notes);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard).first().isEqualTo(no);
        assertThat(notes.heard).hasSize(2);
        connection.close("late");
    }

    @Test
    void where_nobody_listens_the_loss_says_so() {
        var notes = new Notes();
        var connection = linkToNobody().connect(notes);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkLoss.Unreachable.class,
                        loss -> assertThat(loss.trouble()).isEqualTo(LinkLoss.Trouble.NO_ANSWER));
        connection.close("late");
    }

    @Test
    void each_connection_has_its_own_listener() {
        var relay = new Willing();
        var link = linkTo(relay);
        var first = new Notes();
        var one = link.connect(first);
        until(() -> first.heard.contains("up"));
        one.close("done");
        until(() -> first.losses() == 1);
        var second = new Notes();
        var two = link.connect(second);
        until(() -> second.heard.contains("up"));
        relay.lines.getLast().tell(new ServerMessage.Pong(7));
        until(() -> second.heard.contains(new ServerMessage.Pong(7)));
        assertThat(first.heard).hasSize(2);
        two.close("done");
    }
}
