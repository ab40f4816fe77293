package coscribe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.examples.WordCountBot;
import coscribe.client.journal.JournalException;
import coscribe.client.journal.file.FileJournal;
import coscribe.client.journal.file.RealDisk;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.websocket.TestServer;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.client.runner.Status;
import coscribe.client.runner.TinyRelay;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.session.JournalRecord;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything put together: sockets, journal files, threads, against a small relay of the tests'.
class CoscribeClientTest {
    private final ExecutorService relayThread = Executors.newSingleThreadExecutor();
    private final TinyRelay relay = new TinyRelay(relayThread);

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void begin() throws InterruptedException {
        server = new TestServer(relay.forDevices()).running();
    }

    @AfterEach
    void end() throws InterruptedException {
        server.close();
        relayThread.shutdownNow();
    }

    private RelayAddress address() {
        return RelayAddress.of("127.0.0.1", OptionalInt.of(server.getPort()), false);
    }

    private InviteLink invite() {
        return new InviteLink(List.of(address()), "7F3KQ9TM2XWD");
    }

    private CoscribeClient mara() {
        return CoscribeClient.join(invite(), "Mara", folder.resolve("mara"));
    }

    private CoscribeClient jon() {
        return CoscribeClient.join(invite(), "Jon", folder.resolve("jon"));
    }

    @CanIgnoreReturnValue
    private static <T> T inTime(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void two_people_write_one_text() {
        try (var mara = mara();
                var jon = jon()) {
            var hers = mara.open(mara.invitedTo().orElseThrow());
            var his = jon.open(jon.invitedTo().orElseThrow());
            inTime(hers.opened());
            inTime(his.opened());
            inTime(hers.run(it -> it.append("Hello Jon. ")));
            inTime(hers.saved());
            await().until(() -> his.text().equals("Hello Jon. "));
            inTime(his.run(it -> it.append("Hello Mara.")));
            inTime(his.saved());
            await().until(() -> hers.text().equals("Hello Jon. Hello Mara."));
            assertThat(relay.plain()).isEqualTo("Hello Jon. Hello Mara.");
            assertThat(mara.person()).isNotEqualTo(jon.person());
        }
    }

    @Test
    void another_link_to_the_same_relay_is_followed_as_the_same_person() {
        try (var mara = mara()) {
            var before = mara.person();
            assertThat(inTime(mara.follow(invite(), "Somebody"))).contains(relay.document);
            assertThat(mara.person()).isEqualTo(before);
            assertThat(mara.address()).isEqualTo(address());
            inTime(mara.open(relay.document).opened());
        }
    }

    @Test
    void whoever_joined_once_goes_on_without_a_link_and_without_a_network() throws Exception {
        var address = address();
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            inTime(document.run(it -> it.append("kept")));
            inTime(document.saved());
        }
        server.close();
        try (var mara = CoscribeClient.connect(address, folder.resolve("mara"))) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            assertThat(document.text()).isEqualTo("kept");
            inTime(document.run(it -> it.append(" offline")));
            await().until(() -> document.status().contact() instanceof Status.Contact.Waiting);
            assertThat(document.status().unsaved()).isEqualTo(1);
        }
        server = new TestServer(relay.forDevices()).running();
        // Another port is another address: the account of the old one does not go there.
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.saved());
            assertThat(relay.plain()).isEqualTo("kept offline");
        }
    }

    @Test
    void a_document_that_is_open_in_one_program_is_not_opened_in_another() {
        try (var mara = mara();
                var again = mara()) {
            var document = mara.open(relay.document);
            assertThat(mara.open(relay.document)).isSameAs(document);
            assertThatThrownBy(() -> again.open(relay.document))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("open in another");
            document.close();
            var later = again.open(relay.document);
            assertThat(inTime(later.opened())).isSameAs(later);
        }
    }

    /// A journal that says nothing that could be true, twice: the second try finds what the first one found.
    @Test
    void a_document_that_cannot_be_opened_is_not_taken_for_one_that_is_open_elsewhere() throws Exception {
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            document.close();
            Path journal;
            try (var files = Files.walk(folder.resolve("mara"))) {
                journal = files.filter(file -> file.endsWith(relay.document.hex()))
                        .findFirst()
                        .orElseThrow();
            }
            var timer = Executors.newSingleThreadScheduledExecutor();
            try (var written = FileJournal.open(new RealDisk(), journal, timer, new Random(1))) {
                written.append(new JournalRecord.Acknowledged(new Revision(99)));
            } finally {
                timer.shutdownNow();
            }
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> mara.open(relay.document)).isNotInstanceOf(JournalException.class);
            }
        }
    }

    @Test
    void documents_are_made_and_others_invited() {
        try (var mara = mara()) {
            assertThat(inTime(mara.createDocument("Plan"))).isEqualTo(relay.document);
            assertThat(inTime(mara.rename(relay.document, " Plan B "))).isEqualTo("Plan B");
            assertThat(inTime(mara.open(relay.document).opened()).title()).isEqualTo("Plan B");
            assertThat(inTime(mara.invite(relay.document, Role.EDITOR, Duration.ofHours(1), 1)))
                    .isEqualTo("7F3KQ9TM2XWD");
        }
    }

    @Test
    void a_link_to_nobody_fails_with_a_sentence() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var link = InviteLink.parse("coscribe://join/127.0.0.1:" + port + "/7F3KQ9TM2XWD");
        assertThatThrownBy(() -> CoscribeClient.join(link, "Mara", folder.resolve("mara")))
                .isInstanceOf(ClientException.class)
                .hasMessage("127.0.0.1:" + port + " does not answer.");
    }

    @Test
    void whoever_must_not_wait_joins_and_opens_from_the_thread_that_draws() {
        var draws = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("draws").factory());
        var told = new ConcurrentLinkedQueue<String>();
        try (var workshop = Workshop.at(Home.serial(draws))) {
            // Asked on the thread itself: whatever waited for it there would wait for ever.
            var asked = new CompletableFuture<DocumentClient>();
            draws.execute(() -> {
                var _ = CoscribeClient.joining(invite(), "Mara", folder.resolve("mara"), workshop)
                        .thenCompose(mara -> mara.me().thenCompose(me -> {
                            told.add(Thread.currentThread().getName() + " " + me.name());
                            return mara.opening(relay.document);
                        }))
                        .thenCompose(document -> {
                            told.add(Thread.currentThread().getName());
                            return document.opened();
                        })
                        .whenComplete((document, failure) -> {
                            var _ = failure == null ? asked.complete(document) : asked.completeExceptionally(failure);
                        });
            });
            var opened = inTime(asked);
            assertThat(opened.title()).isEqualTo("Notes");
            assertThat(told).containsExactly("draws Mara", "draws");
            inTime(opened.shutDown());
        }
        draws.shutdown();
    }

    @Test
    void a_link_that_fails_is_told_as_what_it_is_to_whoever_does_not_wait() throws Exception {
        server.close();
        try (var workshop = Workshop.ofOwnThreads()) {
            var joining = CoscribeClient.joining(invite(), "Mara", folder.resolve("mara"), workshop);
            await().until(joining::isCompletedExceptionally);
            assertThat(joining.exceptionNow())
                    .isInstanceOf(ClientException.class)
                    .hasMessage("127.0.0.1:" + server.getPort() + " does not answer.");
        }
    }

    @Test
    void a_document_that_is_being_closed_is_opened_anew_when_that_is_done() {
        try (var mara = mara()) {
            var first = mara.open(relay.document);
            inTime(first.opened());
            inTime(first.run(it -> it.append("once")));
            var closed = first.shutDown();
            var second = inTime(mara.opening(relay.document));
            assertThat(closed).isCompleted();
            assertThat(second).isNotSameAs(first);
            inTime(second.opened());
            assertThat(second.text()).isEqualTo("once");
            assertThat(inTime(mara.opening(relay.document))).isSameAs(second);
        }
    }

    @Test
    void whoever_opens_a_document_the_moment_it_is_closed_gets_one_that_is_open() {
        try (var mara = mara()) {
            var first = mara.open(relay.document);
            inTime(first.opened());
            var held = new CountDownLatch(1);
            var holding = first.run(it -> awaitUninterruptibly(held));
            var second = first.shutDown().thenApply(nothing -> mara.open(relay.document));
            held.countDown();
            inTime(holding);
            assertThat(inTime(second)).isNotSameAs(first);
            inTime(second.join().opened());
            inTime(second.join().run(it -> it.append("not into nothing")));
            inTime(second.join().saved());
            assertThat(relay.plain()).isEqualTo("not into nothing");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void documents_that_were_open_here_are_listed_and_opened_without_a_network() throws Exception {
        Path profile = folder.resolve("mara");
        assertThat(CoscribeClient.recent(profile)).isEmpty();
        assertThat(CoscribeClient.relays(profile)).isEmpty();
        var before = Instant.now().minusMillis(1);
        try (var mara = mara()) {
            inTime(mara.open(relay.document).opened());
            var never = new DocumentId("99".repeat(16));
            relay.turnsAway(FailureCode.NO_ACCESS, "There is no such document, or it is not shared with you.");
            var opening = mara.open(never).opened();
            await().until(opening::isCompletedExceptionally);
        }
        server.close();
        assertThat(CoscribeClient.relays(profile)).singleElement().satisfies(known -> {
            assertThat(known.address()).isEqualTo(address());
            assertThat(known.person().name()).isEqualTo("Mara");
        });
        var recent = CoscribeClient.recent(profile).getFirst();
        assertThat(CoscribeClient.recent(profile)).containsExactly(recent); // what was never there is not listed
        assertThat(recent.title()).isEqualTo("Notes");
        assertThat(recent.usedAt()).isAfter(before);
        try (var workshop = Workshop.ofOwnThreads();
                var mara = inTime(CoscribeClient.connecting(recent.address(), profile, workshop))) {
            var document = inTime(inTime(mara.opening(recent)).opened());
            assertThat(document.title()).isEqualTo("Notes");
        }
        assertThat(CoscribeClient.recent(profile))
                .singleElement()
                .satisfies(again -> assertThat(again.usedAt()).isAfterOrEqualTo(recent.usedAt()));
    }

    private ListedDocument told(int number, String title, Instant used) {
        return new ListedDocument(new DocumentId("%032x".formatted(number)), title, Role.VIEWER, used.toEpochMilli());
    }

    @Test
    void edits_that_wait_are_counted_from_the_disk_as_the_status_line_counts_them() throws Exception {
        Path profile = folder.resolve("mara");
        var address = address();
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            inTime(document.run(it -> it.append("saved")));
            inTime(document.saved());
        }
        assertThat(CoscribeClient.recent(profile)).extracting(Recent::waiting).containsExactly(0);
        server.close();
        int counted;
        try (var mara = CoscribeClient.connect(address, profile)) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            for (String word : List.of(" one", " two", " three")) {
                inTime(document.run(it -> it.append(word)));
            }
            await().until(() -> CoscribeClient.recent(profile).getFirst().waiting() == 3);
            counted = document.status().unsaved();
        }
        assertThat(CoscribeClient.recent(profile))
                .extracting(Recent::waiting, Recent::renamed)
                .containsExactly(tuple(counted, false));
        try (var mara = CoscribeClient.connect(address, profile)) {
            var document = mara.open(relay.document);
            assertThat(document.status().unsaved()).isEqualTo(3);
            inTime(document.opened());
            var _ = document.rename("Offline title");
            await().until(() -> document.title().equals("Offline title"));
        }
        assertThat(CoscribeClient.recent(profile))
                .extracting(Recent::title, Recent::waiting, Recent::renamed)
                .containsExactly(tuple("Offline title", 3, true));
    }

    @Test
    void documents_of_other_computers_are_listed_beside_those_here_with_what_the_relay_calls_them() {
        var longAgo = Instant.parse("2026-01-01T00:00:00Z");
        var soon = Instant.parse("2126-01-01T00:00:00Z");
        relay.shelf.add(told(1, "Tomorrow", soon));
        relay.shelf.add(new ListedDocument(relay.document, "Minutes", Role.OWNER, longAgo.toEpochMilli()));
        relay.shelf.add(told(2, "Old", longAgo));
        relay.page = 1;
        try (var mara = mara()) {
            inTime(mara.open(relay.document).opened());
            await().until(() -> !CoscribeClient.recent(folder.resolve("mara")).isEmpty());
            inTime(mara.open(relay.document).shutDown());
            var shelf = inTime(mara.documents());
            assertThat(shelf.missing()).isEmpty();
            assertThat(shelf.documents())
                    .extracting(Shelf.Entry::title, Shelf.Entry::role, Shelf.Entry::here)
                    .containsExactly(
                            tuple("Tomorrow", Optional.of(Role.VIEWER), false),
                            tuple("Minutes", Optional.of(Role.OWNER), true),
                            tuple("Old", Optional.of(Role.VIEWER), false));
            assertThat(shelf.documents().get(1).usedAt()).as("here, just now").isAfter(longAgo);
            assertThat(shelf.documents())
                    .allSatisfy(each -> assertThat(each.address()).isEqualTo(address()));
        }
    }

    @Test
    void a_relay_that_is_away_or_does_not_say_leaves_the_list_of_what_is_here_and_the_reason() throws Exception {
        relay.shelf.add(told(1, "Elsewhere", Instant.now()));
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            await().until(() -> !CoscribeClient.recent(folder.resolve("mara")).isEmpty());
            relay.lists = false;
            var refused = inTime(mara.documents());
            assertThat(refused.missing().orElseThrow().code()).contains(FailureCode.STORE_AWAY);
            assertThat(refused.documents()).extracting(Shelf.Entry::title).containsExactly("Notes");
            server.close();
            inTime(document.run(it -> it.append("offline")));
            var alone = inTime(mara.documents());
            assertThat(alone.missing().orElseThrow().loss()).isPresent();
            assertThat(alone.documents())
                    .extracting(Shelf.Entry::document, Shelf.Entry::waiting, Shelf.Entry::role)
                    .containsExactly(tuple(relay.document, 1, Optional.empty()));
        }
    }

    @Test
    void a_title_given_here_stands_in_the_list_until_the_relay_says_another() {
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            await().until(() -> !CoscribeClient.recent(folder.resolve("mara")).isEmpty());
            relay.shelf.add(new ListedDocument(relay.document, "Theirs", Role.OWNER, 1));
            assertThat(inTime(mara.documents()).documents())
                    .extracting(Shelf.Entry::title)
                    .containsExactly("Theirs");
            inTime(document.run(it -> it.workOffline(true)));
            var _ = document.rename("Mine");
            await().until(() -> document.title().equals("Mine"));
            assertThat(inTime(mara.documents()).documents())
                    .extracting(Shelf.Entry::title)
                    .containsExactly("Mine");
        }
    }

    @Test
    void a_copy_of_another_relay_s_document_is_not_opened_at_this_one() {
        try (var mara = mara()) {
            inTime(mara.open(relay.document).opened());
            await().until(() -> !CoscribeClient.recent(folder.resolve("mara")).isEmpty());
            var here = CoscribeClient.recent(folder.resolve("mara")).getFirst();
            var elsewhere = new Recent(
                    here.address(),
                    new RelayId("cd".repeat(16)),
                    here.person(),
                    here.document(),
                    here.title(),
                    here.usedAt(),
                    0,
                    false);
            assertThat(mara.opening(elsewhere).exceptionNow())
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("belongs to another server");
            assertThat(inTime(mara.opening(here)).id()).isEqualTo(relay.document);
        }
    }

    @Test
    void threads_of_its_own_end_with_it() {
        var before = threads();
        try (var mara = mara()) {
            inTime(mara.open(relay.document).opened());
            assertThat(threads()).as("new ones").anyMatch(thread -> !before.contains(thread));
            inTime(mara.shutDown());
        }
        await().untilAsserted(() -> assertThat(before).as("nothing new").containsAll(threads()));
    }

    /// The client's threads that are alive.
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("coscribe-"))
                .collect(Collectors.toSet());
    }

    @Test
    void the_example_bot_counts_words_while_people_write() {
        var link = "coscribe://join/127.0.0.1:" + server.getPort() + "/7F3KQ9TM2XWD";
        var bot = Thread.ofVirtual().start(() -> {
            try {
                WordCountBot.main(link, folder.resolve("bot").toString());
            } catch (RuntimeException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (var mara = mara()) {
            var document = mara.open(relay.document);
            inTime(document.opened());
            inTime(document.run(it -> it.append("one two three")));
            await().until(() -> document.text().equals("Words: 3\none two three"));
            inTime(document.run(it -> it.append(" four")));
            await().until(() -> document.text().equals("Words: 4\none two three four"));
        }
        assertThat(bot.isAlive()).isTrue();
    }
}
