package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.websocket.TestProxy;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.PolicyFile;
import coscribe.desktop.view.frame.ProxyScreen;
import coscribe.desktop.view.frame.Shots;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.NotAllowedException;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.ColorScheme;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each key of what is decided for a computer, by what it changes in the editor's windows at a real
/// relay.
class PolicyActsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private BundledRelay relay;
    private CoscribeClient mara;
    private DocumentId plan;
    private final List<CompletableFuture<Boolean>> ended = new ArrayList<>();
    private final List<Desktop> editors = new ArrayList<>();
    private final List<String> pages = new CopyOnWriteArrayList<>(); // that the browser was to show
    private String version = "test";
    private Optional<DocumentId> notes = Optional.empty();
    private Optional<Authenticator> authenticator = Optional.empty();
    private Optional<ProxySelector> selector = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        Fx.closeWindows();
        authenticator = Optional.ofNullable(Authenticator.getDefault());
        selector = Optional.ofNullable(ProxySelector.getDefault());
        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
        mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"));
        plan = mara.createDocument("Plan").get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        leave();
        Authenticator.setDefault(authenticator.orElse(null));
        ProxySelector.setDefault(selector.orElse(null));
        mara.close();
        relay.close();
    }

    private void leave() throws Exception {
        Fx.run(() -> editors.forEach(Desktop::quit));
        for (var each : ended) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private InviteLink invite() throws Exception {
        String code = mara.invite(plan, Role.EDITOR, Duration.ofHours(1), 5).get(30, TimeUnit.SECONDS);
        return new InviteLink(List.of(relay.address()), code);
    }

    private void jonJoined() throws Exception {
        try (var jon = CoscribeClient.join(invite(), "Jon", folder.resolve("jon"));
                var document = jon.open(plan)) {
            document.opened().get(30, TimeUnit.SECONDS);
        }
    }

    private Policy decided(String mandatory) throws IOException {
        var file = Files.writeString(
                folder.resolve("policy.json"), "{\"mandatory\": {" + mandatory.replace('\'', '"') + "}}");
        return Policy.of(file.toString(), new PolicyFile(file).read(), new Properties());
    }

    private Desktop starts(Policy policy, Wish wish) {
        var over = new CompletableFuture<Boolean>();
        ended.add(over);
        return Fx.call(() -> {
            var desktop = new Desktop(
                    new Desktop.Around(
                            Places.in(folder.resolve("jon")),
                            policy,
                            Strings.of(Locale.UK),
                            Theme.of(ColorScheme.LIGHT),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneOffset.UTC,
                            new SecureRandom(),
                            "Jon",
                            version,
                            pages::add,
                            (owner, name) -> Optional.empty(),
                            () -> Set.of()),
                    () -> over.complete(true));
            editors.add(desktop);
            desktop.open(wish);
            return desktop;
        });
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> Fx.call(holds));
    }

    private static Optional<Parent> shown() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .map(window -> window.getScene().getRoot())
                .findFirst();
    }

    private static List<String> words() {
        var words = new ArrayList<String>();
        shown().ifPresent(root -> {
            root.applyCss();
            root.layout();
            words.addAll(Walk.words(root));
        });
        return words;
    }

    private static boolean says(String beginning) {
        return words().stream().anyMatch(each -> each.startsWith(beginning));
    }

    private static boolean says(DocumentWindow window, String beginning) {
        return says(window.frame().root(), beginning);
    }

    private static boolean says(Parent root, String beginning) {
        root.applyCss();
        root.layout();
        return Walk.words(root).stream().anyMatch(each -> each.startsWith(beginning));
    }

    private static Button button(String words) {
        return button(shown().orElseThrow(), words);
    }

    private static Button button(DocumentWindow window, String words) {
        return button(window.frame().root(), words);
    }

    private static Button button(Parent root, String words) {
        return root.lookupAll(".button").stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(each -> words.equals(each.getText()) && each.isVisible())
                .findFirst()
                .orElseThrow();
    }

    /// Jon writes at the end, and it is saved.
    private static void writes(DocumentWindow window, String words) {
        Fx.run(() -> window.model().type(words));
        until(() -> window.client().status().isSaved());
    }

    /// Mara reads it, at another connection to the relay.
    private void isAtTheRelay(String words) throws Exception {
        try (var document = mara.open(plan)) {
            document.opened().get(30, TimeUnit.SECONDS);
            await().atMost(PATIENCE)
                    .until(() -> document.call(DocumentClient::text).get(30, TimeUnit.SECONDS), words::equals);
        }
    }

    private static void picture(String name) {
        Fx.run(() -> Shots.take(shown().orElseThrow().getScene(), name));
    }

    @Test
    void relays_allowed_refuses_others_on_the_card_that_says_where_a_link_leads() throws Exception {
        var _ = starts(decided("'relays.allowed': ['docs.example.org']"), new Wish.Join(invite()));
        until(() -> says("Your organisation doesn't allow " + relay.address()
                + ". Nothing was changed. Ask your IT team to allow it."));
        assertThat(Fx.call(() -> button("Join").isDisabled())).isTrue();
        picture("policy-refused");
    }

    @Test
    void relays_allowed_lets_in_who_is_named() throws Exception {
        var desktop = starts(decided("'relays.allowed': ['127.0.0.1']"), new Wish.Join(invite()));
        until(() -> says("Join "));
        Fx.run(() -> button("Join").fire());
        until(() -> desktop.windows().size() == 1);
    }

    @Test
    void relays_allowed_asks_no_other_server_where_one_was_before_and_the_copies_open() throws Exception {
        jonJoined();
        var desktop = starts(decided("'relays.allowed': []"), new Wish.Window());
        until(() -> says("Your organisation doesn't allow " + relay.address()));
        Fx.run(() -> {
            var _ = desktop.navigator()
                    .recent()
                    .thenCompose(known -> desktop.navigator().open(known.getFirst()));
        });
        until(() -> desktop.windows().size() == 1);
        var window = Fx.call(() -> desktop.windows().getFirst());
        until(() -> window.client().status().contact() instanceof Contact.Waiting);
        Fx.run(() -> window.model().type("Kept."));
        assertThat(Fx.call(() -> window.client().status().unsaved())).isEqualTo(1);
    }

    @Test
    void host_relay_hides_the_way_and_starts_nothing() throws Exception {
        var desktop = starts(decided("'hostRelay': false"), new Wish.Window());
        until(() -> says("Welcome") || says("Write together"));
        assertThat(Fx.call(PolicyActsTest::words)).doesNotContain("Host from this computer");
        picture("policy-no-hosting");
        assertThatThrownBy(() -> Fx.call(desktop.navigator()::create).get(30, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(NotAllowedException.class);
        assertThat(folder.resolve("jon/relay")).doesNotExist();
    }

    @Test
    void without_it_this_computer_may_be_a_server() throws Exception {
        var _ = starts(decided("'hostRelay': true"), new Wish.Window());
        until(() -> words().contains("Host from this computer"));
    }

    @Test
    void deep_links_that_are_off_lead_nowhere_and_it_is_said_why() throws Exception {
        var desktop = starts(decided("'deepLinks.enabled': false"), new Wish.Join(invite()));
        until(() -> says("Your organisation has turned off links that open Coscribe. Nothing was opened."));
        assertThat(Fx.call(() -> says("Join 127.0.0.1"))).isFalse();
        assertThat(desktop.windows()).isEmpty();
        picture("policy-links-off");
    }

    @Test
    void a_server_that_is_decided_on_takes_new_documents() throws Exception {
        try (var other =
                BundledRelay.start(folder.resolve("other"), InstantSource.system(), new SecureRandom(), "test")) {
            try (var jon = CoscribeClient.join(other.ownerInvite(), "Jon", folder.resolve("jon"));
                    var document = jon.open(jon.createDocument("Notes").get(30, TimeUnit.SECONDS))) {
                document.opened().get(30, TimeUnit.SECONDS);
            }
            jonJoined(); // at a server where guests make no documents, and which is the last that was used
            var desktop = starts(decided("'relays.default': 'ws://" + other.address() + "'"), new Wish.Window());
            Fx.run(() -> {
                var _ = desktop.navigator().create();
            });
            until(() -> desktop.windows().size() == 1);
            assertThat(Fx.call(() -> desktop.windows().getFirst().relay().address()))
                    .isEqualTo(other.address());
            Fx.run(desktop::quit);
        }
    }

    @Test
    void a_server_that_is_decided_on_stands_over_the_field_for_a_link() throws Exception {
        var _ = starts(decided("'relays.default': 'docs.example.org'"), new Wish.Window());
        until(() -> words().contains("Paste an invite link, or type a code for docs.example.org"));
        picture("policy-default-server");
    }

    @Test
    void a_proxy_that_asks_gets_its_name_and_password_in_memory() throws Exception {
        var desktop = starts(Policy.none(), new Wish.Window());
        Fx.run(() -> {
            var back = new ArrayList<String>();
            var access = desktop.proxyAccess("proxy.example.org:3128", () -> back.add("back"));
            var screen = ProxyScreen.of(access, Strings.of(Locale.UK), () -> {});
            var scene = new Scene(screen, 860, 640);
            desktop.around().theme().dress(scene);
            screen.focusIn();
            Shots.take(scene, "proxy-sign-in");
            access.signIn();
            assertThat(back).as("not without a name").isEmpty();
            access.name().set("mara");
            access.password().set("secret");
            access.signIn();
            assertThat(back).containsExactly("back");
            assertThat(access.password().get()).isEmpty();
        });
        var given = Authenticator.requestPasswordAuthentication(
                desktop.proxyPassword(),
                "proxy.example.org",
                InetAddress.getLoopbackAddress(),
                3128,
                "http",
                "office",
                "basic",
                null,
                RequestorType.PROXY);
        assertThat(given.getUserName() + " " + new String(given.getPassword())).isEqualTo("mara secret");
    }

    /// From the policy's file to words at the relay. No name service knows the server: the proxy
    /// alone does, as where a company's computers reach nothing by themselves.
    @ParameterizedTest
    @EnumSource(names = {"BASIC", "DIGEST"})
    void a_proxy_set_by_hand_is_signed_in_to_once_and_leads_into_a_document(TestProxy.Manner manner) throws Exception {
        var server = new RelayAddress("docs.invalid", 7450, false);
        try (var proxy =
                new TestProxy(manner, Map.of(server.toString(), relay.address().port()))) {
            var desktop = starts(
                    decided("'proxy.mode': 'manual', 'proxy.url': 'http://127.0.0.1:" + proxy.port() + "'"),
                    new Wish.Join(new InviteLink(List.of(server), invite().code())));
            Authenticator.setDefault(desktop.proxyPassword()); // as Editor does
            var cards = new AtomicInteger();
            until(() -> says("Join " + server));
            Fx.run(() -> {
                countProxyCards(cards);
                button("Join").fire();
            });
            until(() -> says("Your network's proxy, 127.0.0.1:" + proxy.port() + ", asks you to sign in."));
            assertThat(proxy.tunnels()).isZero();
            Fx.run(() -> button("Sign In to Proxy").fire());
            until(() -> says("Sign in to the proxy"));
            Fx.run(() -> {
                type(".proxy-card .text-field", "mara");
                type(".proxy-card .password-field", "secret");
                button("Sign In").fire();
            });
            until(() -> says("Join " + server));
            Fx.run(() -> button("Join").fire());
            until(() -> desktop.windows().size() == 1);
            var window = Fx.call(() -> desktop.windows().getFirst());
            writes(window, "Through the proxy.");
            isAtTheRelay("Through the proxy.");

            int before = proxy.tunnels();
            proxy.cut();
            until(() -> proxy.tunnels() > before);
            writes(window, " Once more.");
            isAtTheRelay("Through the proxy. Once more.");
            assertThat(cards).as("somebody was asked once").hasValue(1);
            assertThat(Fx.call(() -> shown().orElseThrow().lookup(".proxy-card")))
                    .isNull();
            assertThat(proxy.heads()).allMatch(head -> head.startsWith("CONNECT docs.invalid:7450 HTTP/1.1\r\n"));
        }
    }

    private static void countProxyCards(AtomicInteger cards) {
        shown().orElseThrow().getChildrenUnmodifiable().addListener((ListChangeListener<Node>) change -> {
            while (change.next()) {
                change.getAddedSubList().stream()
                        .filter(ProxyScreen.class::isInstance)
                        .forEach(each -> cards.incrementAndGet());
            }
        });
    }

    private static void type(String field, String words) {
        ((TextField) shown().orElseThrow().lookup(field)).setText(words);
    }

    /// Who writes in a document, with what is decided about newer versions.
    private DocumentWindow writing(String decided) throws Exception {
        var desktop = starts(decided(decided), new Wish.Join(invite()));
        until(() -> says("Join "));
        Fx.run(() -> button("Join").fire());
        until(() -> desktop.windows().size() == 1);
        var window = Fx.call(() -> desktop.windows().getFirst());
        writes(window, "Beans.");
        return window;
    }

    private static Optional<MenuItem> checkUpdates(DocumentWindow window) {
        return Fx.call(() -> ((MenuBar) window.frame().root().lookup(".menu-bar"))
                .getMenus().stream()
                        .flatMap(menu -> menu.getItems().stream())
                        .filter(item -> "Check for Updates".equals(Walk.itemName(item)))
                        .findFirst());
    }

    private String announcedAt(ReleaseServer server) throws Exception {
        return "'updates.url': '%s', 'updates.key': '%s'"
                .formatted(server.address(), ReleaseServer.key(folder.resolve("release.key")));
    }

    private void announces(ReleaseServer server, String version) throws Exception {
        server.says(ReleaseServer.notice(
                folder.resolve("release.key"), version, "https://example.org/coscribe/" + version));
    }

    /// When they ask by themselves: `UpdatesTest`.
    @Test
    void updates_mode_that_is_mandatory_leaves_nothing_to_choose() throws Exception {
        try (var server = new ReleaseServer()) {
            var window = writing("'updates.mode': 'off', " + announcedAt(server));
            assertThat(checkUpdates(window)).isEmpty();
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void without_a_place_to_ask_there_is_nothing_to_choose_either() throws Exception {
        assertThat(checkUpdates(writing("'hostRelay': true"))).isEmpty();
    }

    @Test
    void updates_mode_notify_tells_of_a_newer_version_in_each_documents_window_until_it_is_put_away() throws Exception {
        try (var server = new ReleaseServer()) {
            version = "1.2.0";
            String where = announcedAt(server);
            announces(server, "1.4.0");
            var window = writing("'updates.mode': 'notify', " + where);
            assertThat(checkUpdates(window)).as("absent where it is managed").isEmpty();
            var desktop = editors.getFirst();
            Fx.run(desktop.updates()::look); // which comes by itself some minutes later: UpdatesTest
            String news = "Coscribe 1.4.0 is available; you have 1.2.0.";
            until(() -> says(window, news));
            assertThat(server.asked()).containsExactly("GET /coscribe Coscribe");
            writes(window, " Peas.");
            picture("policy-updates-notify");

            var second = opensAnother(desktop);
            assertThat(Fx.call(() -> says(second, news)))
                    .as("one that opens later")
                    .isTrue();
            Fx.run(second::close);
            until(() -> desktop.windows().size() == 1);
            var third = opensAnother(desktop);
            Fx.run(() -> button(third, "Show Page").fire());
            assertThat(pages).containsExactly("https://example.org/coscribe/1.4.0");
            Fx.run(() -> ((Button) third.frame().root().lookup(".banner-close")).fire());
            assertThat(Fx.call(() -> says(third, "Coscribe 1.4.0") || says(window, "Coscribe 1.4.0")))
                    .isFalse();
        }
    }

    /// Mara's "Notes", which Jon was in before.
    private DocumentWindow opensAnother(Desktop desktop) throws Exception {
        if (notes.isEmpty()) {
            notes = Optional.of(mara.createDocument("Notes").get(30, TimeUnit.SECONDS));
            String code = mara.invite(notes.get(), Role.EDITOR, Duration.ofHours(1), 5)
                    .get(30, TimeUnit.SECONDS);
            Fx.run(() -> desktop.open(new Wish.Join(new InviteLink(List.of(relay.address()), code))));
            until(() -> says(homeOf(desktop), "Join "));
            Fx.run(() -> button(homeOf(desktop), "Join").fire());
        } else {
            Fx.run(() -> desktop.open(new Wish.Open(DocumentLink.to(relay.address(), notes.get()))));
        }
        until(() -> desktop.windows().size() == 2);
        return Fx.call(() -> desktop.windows().getLast());
    }

    private static Parent homeOf(Desktop desktop) {
        return desktop.homeWindow().stage().getScene().getRoot();
    }

    @Test
    void who_may_ask_for_a_newer_version_is_answered_whatever_the_status_line_has_to_say() throws Exception {
        try (var server = new ReleaseServer()) {
            version = "1.4.0";
            String where = announcedAt(server);
            announces(server, "1.4.0");
            var window = writing(where);
            var item = checkUpdates(window).orElseThrow();
            assertThat(server.asked()).as("off is built in").isEmpty();
            Fx.run(item::fire);
            until(() -> says("Coscribe 1.4.0 is the newest version."));
            picture("updates-none");
            Fx.run(() -> window.client().workOffline(true));
            Fx.run(() -> ((Button) window.frame().root().lookup(".banner-close")).fire());
            assertThat(Fx.call(() -> says("Coscribe 1.4.0"))).isFalse();
            Fx.run(item::fire);
            until(() -> says("Coscribe 1.4.0 is the newest version."));
            server.says(ReleaseServer.notice(other(), "1.5.0", "https://evil.example/"));
            Fx.run(item::fire);
            until(() -> says("What localhost says about newer versions was not signed by those who make them"));
            assertThat(Fx.call(PolicyActsTest::words)).contains("CS-26");
            picture("updates-not-signed");
            announces(server, "1.5.0");
            Fx.run(item::fire);
            until(() -> says("Coscribe 1.5.0 is available; you have 1.4.0."));
            assertThat(Fx.call(() -> says("What localhost says"))).isFalse();
            assertThat(Fx.call(PolicyActsTest::words)).contains("CS-25");
        }
    }

    @Test
    void a_window_that_is_closed_while_somebody_is_asked_hears_of_nothing() throws Exception {
        try (var server = new ReleaseServer()) {
            String where = announcedAt(server);
            announces(server, "1.4.0");
            var window = writing(where);
            var item = checkUpdates(window).orElseThrow();
            Fx.run(() -> {
                item.fire();
                window.close();
            });
            leave();
        }
    }

    /// What a package brings beside the program.
    @Test
    void what_the_package_decides_is_read_and_reported() throws Exception {
        var brought = Files.createDirectory(folder.resolve("package"));
        String key = ReleaseServer.key(folder.resolve("release.key"));
        Files.writeString(
                brought.resolve("package.properties"),
                "updates.mode=notify\nupdates.url=https://example.org/coscribe\nupdates.key=" + key + "\n");
        System.setProperty("coscribe.package", brought.toString());
        try {
            assertThat(report(folder.resolve("none.json"), 0))
                    .containsPattern("updates.mode +notify +this package")
                    .containsPattern("updates.url +https://example.org/coscribe +this package")
                    .contains(key);
        } finally {
            System.clearProperty("coscribe.package");
        }
    }

    /// Somebody else's key.
    private Path other() throws Exception {
        var file = folder.resolve("other.key");
        var _ = ReleaseServer.key(file);
        return file;
    }

    @Test
    void broken_settings_open_nothing_and_say_so() throws Exception {
        var file = Files.writeString(folder.resolve("policy.json"), "{");
        var _ = starts(Policy.of(file.toString(), new PolicyFile(file).read(), new Properties()), new Wish.Window());
        until(() -> says("The settings of your organisation on this computer can't be read"));
        assertThat(Fx.call(PolicyActsTest::words)).doesNotContain("Host from this computer");
        picture("policy-broken");
    }

    @Test
    void the_report_is_printed_and_fails_where_it_is_broken() throws Exception {
        var file = folder.resolve("policy.json");
        Files.writeString(file, "{\"mandatory\": {\"hostRelay\": false}}");
        assertThat(report(file, 0)).containsPattern("hostRelay +false +mandatory");
        Files.writeString(file, "{");
        assertThat(report(file, 1)).contains("BROKEN: it is no JSON");
        assertThat(folder.resolve("reporter")).as("a report writes nothing").doesNotExist();
    }

    private String report(Path file, int exit) {
        var before = System.out;
        var out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(
                            List.of(
                                    "--policy-report",
                                    "--profile",
                                    folder.resolve("reporter").toString()),
                            new PolicyFile(file),
                            desktop -> {}))
                    .isEqualTo(exit);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
