package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.examples.WordCountBot;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.relay.RelayConfig.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People with the production client at a real relay with the embedded store, over real sockets.
class WritersTest {
    @TempDir
    private Path folder;

    private Relay relay;

    @BeforeEach
    void begin() {
        relay = start(0);
    }

    @AfterEach
    void end() {
        relay.close();
    }

    private Relay start(int port) {
        var flags = Map.of(
                "--bind",
                "127.0.0.1:" + port,
                "--metrics-bind",
                "127.0.0.1:0",
                "--shutdown-drain",
                "0s",
                "--data-dir",
                folder.resolve("relay").toString());
        var config = switch (RelayConfig.parse(flags, Map.of(), Optional.empty(), Files::readString)) {
            case Parsed.Good(var good) -> good;
            case Parsed.Bad(var problems) -> throw new AssertionError(problems);
        };
        var random = new SecureRandom();
        var stores = new RealStores(InstantSource.system(), random);
        return Relay.start(
                config,
                new Relay.World(stores, stores::judge, HallSessions::new, InstantSource.system(), random, "0.1.0"));
    }

    private RelayAddress address() {
        return RelayAddress.of("127.0.0.1", OptionalInt.of(relay.listening().getPort()), false);
    }

    private CoscribeClient owner() {
        return CoscribeClient.join(InviteLink.parse(relay.ownerLink().orElseThrow()), "Mara", folder.resolve("mara"));
    }

    private CoscribeClient guest(CoscribeClient owner, DocumentId document, Role role, String name) {
        var code = inTime(owner.invite(document, role, Duration.ofHours(1), 5));
        return CoscribeClient.join(new InviteLink(List.of(address()), code), name, folder.resolve(name));
    }

    private static DocumentClient opened(CoscribeClient client, DocumentId document) {
        return inTime(client.open(document).opened());
    }

    @CanIgnoreReturnValue
    private static <T> T inTime(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void types(DocumentClient document, String text) {
        inTime(document.run(it -> it.append(text)));
    }

    private static void shows(DocumentClient document, String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(document.text()).isEqualTo(text));
    }

    @Test
    void a_new_title_reaches_everybody_and_outlives_the_relay() {
        int port = address().port();
        try (var mara = owner()) {
            var id = inTime(mara.createDocument("Plan"));
            var hers = opened(mara, id);
            try (var jon = guest(mara, id, Role.EDITOR, "jon");
                    var eve = guest(mara, id, Role.COMMENTER, "eve")) {
                var his = opened(jon, id);
                inTime(his.rename("Plan \uD83C\uDF31"));
                await().until(() -> hers.title().equals("Plan \uD83C\uDF31"));
                assertThat(inTime(mara.rename(id, "Plan B"))).isEqualTo("Plan B");
                await().until(() -> his.title().equals("Plan B"));
                var hidden = eve.rename(id, "Eve's");
                await().until(hidden::isDone);
                assertThat(hidden.exceptionNow()).hasMessage("Only owners and editors of a document can rename it.");
            }
        }
        relay.close();
        relay = start(port);
        try (var mara = CoscribeClient.connect(address(), folder.resolve("mara"))) {
            var id = CoscribeClient.recent(folder.resolve("mara")).getFirst().document();
            var document = opened(mara, id);
            await().until(() -> document.status().contact() instanceof Status.Contact.Live);
            assertThat(document.title()).isEqualTo("Plan B");
        }
    }

    /// The same person at another computer: signed in there, and nothing of hers on its disk.
    private CoscribeClient elsewhere(String name) throws IOException {
        var from = folder.resolve(name);
        var to = folder.resolve(name + "-elsewhere");
        Files.createDirectories(to.resolve("accounts"));
        Files.copy(from.resolve("device"), to.resolve("device"));
        try (var accounts = Files.list(from.resolve("accounts"))) {
            for (Path account : accounts.toList()) {
                Files.copy(account, to.resolve("accounts").resolve(account.getFileName()));
            }
        }
        return CoscribeClient.connect(address(), to);
    }

    private static List<String> listed(CoscribeClient client) {
        var shelf = inTime(client.documents());
        assertThat(shelf.missing()).isEmpty();
        return shelf.documents().stream()
                .map(each -> each.title() + " " + each.role().orElseThrow().word() + (each.here() ? " here" : ""))
                .toList();
    }

    @Test
    void a_person_finds_their_documents_at_another_computer_with_their_titles_and_roles() throws IOException {
        DocumentId plan;
        try (var mara = owner()) {
            plan = inTime(mara.createDocument("Plan"));
            var notes = inTime(mara.createDocument("Notes"));
            types(opened(mara, plan), "Beans.");
            assertThat(listed(mara)).containsExactly("Plan owner here", "Notes owner");
            try (var jon = guest(mara, plan, Role.EDITOR, "jon")) {
                assertThat(listed(jon)).as("invited, and not yet there").isEmpty();
                var his = opened(jon, plan);
                assertThat(listed(jon)).containsExactly("Plan editor here");
                inTime(his.rename("Plan for spring"));
            }
            try (var jon = elsewhere("jon")) {
                assertThat(listed(jon)).containsExactly("Plan for spring editor");
            }
            assertThat(inTime(mara.rename(notes, "Minutes"))).isEqualTo("Minutes");
            inTime(mara.open(plan).saved());
        }
        try (var mara = elsewhere("mara")) {
            assertThat(listed(mara)).containsExactly("Plan for spring owner", "Minutes owner");
            shows(opened(mara, plan), "Beans.");
            assertThat(listed(mara)).containsExactly("Plan for spring owner here", "Minutes owner");
        }
    }

    @Test
    void the_owner_makes_a_document_and_a_guest_writes_in_it() {
        try (var mara = owner()) {
            var id = inTime(mara.createDocument("Plan"));
            var hers = opened(mara, id);
            try (var jon = guest(mara, id, Role.EDITOR, "jon")) {
                assertThat(jon.invitedTo()).contains(id);
                var his = opened(jon, id);
                assertThat(his.title()).isEqualTo("Plan");
                types(hers, "Hello Jon. ");
                inTime(hers.saved());
                shows(his, "Hello Jon. ");
                types(his, "Hello Mara.");
                inTime(his.saved());
                shows(hers, "Hello Jon. Hello Mara.");
                inTime(hers.run(DocumentClient::undo));
                shows(his, "Hello Mara.");
                assertThat(his.document()).isEqualTo(hers.document());
                assertThat(hers.status().durability()).isPresent();
                await().until(() -> hers.members().stream()
                        .anyMatch(member -> member.person().name().equals("jon")));
            }
        }
    }

    @Test
    void the_example_bot_counts_words_while_people_write() {
        try (var mara = owner()) {
            var id = inTime(mara.createDocument("Essay"));
            var document = opened(mara, id);
            var code = inTime(mara.invite(id, Role.EDITOR, Duration.ofHours(1), 1));
            var link = "coscribe://join/127.0.0.1:" + relay.listening().getPort() + "/" + code;
            var bot = CompletableFuture.runAsync(
                    () -> WordCountBot.main(link, folder.resolve("bot").toString()), Thread.ofVirtual()::start);
            types(document, "one two three");
            shows(document, "Words: 3\none two three");
            types(document, " four");
            shows(document, "Words: 4\none two three four");
            assertThat(bot).isNotDone();
        }
    }

    @Test
    void what_is_typed_while_the_relay_is_away_is_saved_when_it_is_back() {
        try (var mara = owner()) {
            var id = inTime(mara.createDocument("Plan"));
            var hers = opened(mara, id);
            try (var jon = guest(mara, id, Role.EDITOR, "jon")) {
                var his = opened(jon, id);
                types(hers, "before. ");
                shows(his, "before. ");
                int port = relay.listening().getPort();
                relay.close();
                await().until(() -> !(hers.status().contact() instanceof Status.Contact.Live));
                types(hers, "hers. ");
                inTime(his.run(it -> it.insert(0, "his. ")));
                relay = start(port);
                inTime(hers.run(DocumentClient::tryNow));
                inTime(his.run(DocumentClient::tryNow));
                inTime(hers.saved());
                inTime(his.saved());
                shows(hers, "his. before. hers. ");
                shows(his, "his. before. hers. ");
            }
        }
    }

    @Test
    void edits_that_were_never_sent_are_there_after_the_program_was_started_again() {
        DocumentId id;
        try (var mara = owner()) {
            id = inTime(mara.createDocument("Plan"));
            types(opened(mara, id), "saved. ");
            inTime(mara.open(id).saved());
        }
        int port = relay.listening().getPort();
        var address = address();
        relay.close();
        try (var mara = CoscribeClient.connect(address, folder.resolve("mara"))) {
            var document = opened(mara, id);
            assertThat(document.text()).isEqualTo("saved. ");
            types(document, "kept. ");
        }
        relay = start(port);
        try (var mara = CoscribeClient.connect(address, folder.resolve("mara"))) {
            var document = opened(mara, id);
            assertThat(document.text()).isEqualTo("saved. kept. ");
            inTime(document.saved());
            types(document, "new.");
            inTime(document.saved());
        }
        try (var mara = CoscribeClient.connect(address, folder.resolve("mara"))) {
            shows(opened(mara, id), "saved. kept. new.");
        }
    }

    @Test
    void what_a_viewer_types_is_kept_as_a_copy() {
        try (var mara = owner()) {
            var id = inTime(mara.createDocument("Plan"));
            types(opened(mara, id), "for reading");
            inTime(mara.open(id).saved());
            try (var jon = guest(mara, id, Role.VIEWER, "jon")) {
                var his = opened(jon, id);
                shows(his, "for reading");
                assertThat(his.status().role()).isEqualTo(Role.VIEWER);
                types(his, " only?");
                await().untilAsserted(() -> assertThat(his.copies())
                        .singleElement()
                        .satisfies(copy -> {
                            assertThat(copy.reason()).isEqualTo(KeptCopy.Reason.ROLE);
                            assertThat(copy.document().text().plain()).isEqualTo("for reading only?\n");
                        }));
                shows(his, "for reading");
                types(mara.open(id), "!");
                shows(his, "for reading!");
            }
        }
    }

    @Test
    void a_large_paste_goes_in_parts_and_arrives_whole() {
        try (var mara = owner()) {
            var id = inTime(mara.createDocument("Book"));
            var hers = opened(mara, id);
            String page = "All work and no play. \u4e2d\u6587 \uD83D\uDE00 ".repeat(8_000);
            types(hers, page);
            inTime(hers.saved());
            try (var jon = guest(mara, id, Role.VIEWER, "jon")) {
                shows(opened(jon, id), page);
            }
        }
    }

    @Test
    void a_code_that_nobody_made_is_refused_with_the_relays_words() {
        var link = new InviteLink(List.of(address()), "222222222222");
        assertThatThrownBy(() -> CoscribeClient.join(link, "Eve", folder.resolve("eve")))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.code()).contains(FailureCode.INVITE_USED));
    }
}
