package coscribe.desktop.view.frame;

import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.journal.JournalException;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.AccessRequest;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.SignInAgain;
import coscribe.desktop.viewmodel.Standing;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

/// Pictures of the frame, to be looked at.
final class FrameShots {
    private static final Instant NOW = Sample.NOW;
    private final Set<String> wanted;

    private FrameShots(Set<String> wanted) {
        this.wanted = wanted;
    }

    /// @param args  beginnings of names; none: all
    static void main(String[] args) {
        Fx.start();
        var shots = new FrameShots(Set.of(args));
        for (Dressing scheme : Dressing.values()) {
            String name = scheme.written();
            for (int width : new int[] {640, 860, 1180}) {
                shots.take(
                        "window-" + width + "-" + name,
                        scheme,
                        width,
                        sample -> sample.on(Command.BOLD).set(true));
            }
            shots.ranks().forEach((rank, standing) -> {
                shots.take("status-" + rank + "-" + name, scheme, 860, sample -> {
                    sample.stands(Standing.LIVE);
                    sample.stands(standing);
                    details(sample);
                });
            });
            shots.banners().forEach((topic, happens) -> {
                shots.take("banner-" + topic + "-" + name, scheme, 860, sample -> {
                    sample.stands(Standing.LIVE);
                    happens.accept(sample);
                });
            });
            shots.take("share-" + name, scheme, 860, sample -> sample.commands.run(Command.SHARE));
            shots.take("sign-in-" + name, scheme, 860, FrameShots::signIn);
            shots.take("access-" + name, scheme, 860, FrameShots::access);
            shots.take("link-" + name, scheme, 860, sample -> sample.commands.run(Command.LINK));
            shots.take("shortcuts-" + name, scheme, 1180, sample -> sample.commands.run(Command.SHORTCUTS));
            shots.take("help-" + name, scheme, 1180, sample -> sample.commands.run(Command.HELP));
            shots.take("about-" + name, scheme, 860, sample -> sample.commands.run(Command.ABOUT));
            shots.take("foreign-" + name, scheme, 860, FrameShots::foreign);
            shots.take("viewer-" + name, scheme, 860, sample -> {
                sample.mayEdit.set(false);
                sample.mayShare.set(false);
                sample.stands(Standing.LIVE.as(Role.VIEWER));
            });
            for (var strings : List.of(Strings.of(Locale.UK), Strings.pseudo())) {
                boolean english = strings.get("app.name").equals("Coscribe");
                shots.screens(english ? "" : "pseudo-", name, scheme, strings);
            }
            shots.pseudo("pseudo-640-" + name, scheme, 640);
            shots.pseudo("pseudo-860-" + name, scheme, 860);
        }
        System.exit(0);
    }

    private static void details(Sample sample) {
        var labels = sample.window.root().lookupAll(".status-label");
        labels.stream().map(Button.class::cast).reduce((first, last) -> last).ifPresent(Button::fire);
    }

    private Map<String, Standing> ranks() {
        var all = new LinkedHashMap<String, Standing>();
        all.put(
                "1-signed-out",
                Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(3, NOW));
        all.put("2-read-only", Standing.LIVE.as(Role.VIEWER));
        all.put(
                "3-offline",
                Standing.LIVE.with(new Contact.Offline()).unsaved(3, NOW).lastHeard(NOW));
        all.put(
                "4-reconnecting",
                Standing.LIVE.waiting(4, NOW.plusSeconds(7)).unsaved(3, NOW).lastHeard(NOW));
        all.put("5-saving", Standing.LIVE.unsaved(2, NOW.minusSeconds(1)));
        all.put("6-saved", Standing.LIVE.saved(NOW).merged(12, 7));
        all.put("7-connected", Standing.LIVE);
        return all;
    }

    private Map<String, Consumer<Sample>> banners() {
        var all = new LinkedHashMap<String, Consumer<Sample>>();
        all.put("01", sample -> {
            sample.stands(Standing.LIVE.waiting(1, NOW).unsaved(3, NOW));
            sample.now = NOW.plusSeconds(61);
            sample.stands(Standing.LIVE.waiting(5, NOW).unsaved(3, NOW));
        });
        all.put(
                "06",
                sample -> sample.stands(
                        Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(3, NOW)));
        all.put("10", sample -> {
            sample.stands(Standing.LIVE.unsaved(2, NOW));
            sample.stands(Standing.LIVE.unsaved(2, NOW).stopped(FailureCode.NO_ACCESS));
            sample.banners.copyKept(copy(KeptCopy.Reason.ROLE));
        });
        all.put("11", sample -> {
            sample.stands(Standing.LIVE.unsaved(2, NOW));
            sample.stands(Standing.LIVE.unsaved(2, NOW).as(Role.VIEWER));
            sample.banners.copyKept(copy(KeptCopy.Reason.ROLE));
            sample.mayEdit.set(false);
        });
        all.put("13", sample -> sample.banners.copyKept(copy(KeptCopy.Reason.FORKED)));
        all.put("14", sample -> sample.stands(Standing.LIVE.saved(NOW).failing(JournalException.Kind.FULL)));
        all.put("20", sample -> sample.banners.recovered(14));
        return all;
    }

    private static void foreign(Sample sample) {
        sample.title.set(
                "\u05ea\u05db\u05e0\u05d9\u05ea \u05dc\u05d0\u05d1\u05d9\u05d1 \u05d1\u05d2\u05d9\u05e0\u05d4, 2027");
        sample.stands(Standing.LIVE.unsaved(2, NOW));
        sample.stands(Standing.LIVE.unsaved(2, NOW).as(Role.VIEWER));
        sample.banners.copyKept(copy(KeptCopy.Reason.ROLE));
        sample.banners.tooLong();
    }

    private static void signIn(Sample sample) {
        sample.stands(Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(3, NOW));
        var model = new SignInAgain(
                Strings.of(Locale.UK),
                new RelayAddress("docs.example.org", 443, true),
                link -> new CompletableFuture<>(),
                Runnable::run,
                () -> {});
        model.offer("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD");
        sample.window.root().layout();
        sample.window.showCard(new SignInCard(model, Strings.of(Locale.UK)));
    }

    private static void access(Sample sample) {
        sample.stands(Standing.LIVE.as(Role.VIEWER));
        sample.window.showCard(new AccessCard(
                AccessRequest.of(
                        List.of(),
                        "Jon Tanaka",
                        "Plan for spring",
                        DocumentLink.to(
                                new RelayAddress("docs.example.org", 443, true), new DocumentId("ab".repeat(16))),
                        Strings.of(Locale.UK)),
                Strings.of(Locale.UK),
                message -> {}));
    }

    private static KeptCopy copy(KeptCopy.Reason reason) {
        return new KeptCopy("copy-1", reason, NOW, "Plan for spring", Document.EMPTY);
    }

    private void pseudo(String name, Dressing scheme, double width) {
        take(name, scheme, width, Strings.pseudo(), sample -> sample.banners.recovered(3));
    }

    private void take(String name, Dressing scheme, double width, Consumer<Sample> with) {
        take(name, scheme, width, Strings.of(Locale.UK), with);
    }

    private void take(String name, Dressing scheme, double width, Strings strings, Consumer<Sample> with) {
        if (!wanted.isEmpty() && wanted.stream().noneMatch(name::startsWith)) {
            return;
        }
        var sample = Fx.call(() -> new Sample(strings));
        var scene = Fx.call(() -> dressed(sample, scheme.theme(), width, width < 1000 ? 480 : 780));
        Fx.run(() -> {
            var window = scene.getWindow();
            new Robot().mouseMove(window.getX() + width / 2, window.getY() + 400);
        });
        Fx.run(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            with.accept(sample);
            Shots.take(scene, name);
            scene.getWindow().hide();
        });
    }

    private void screens(String before, String name, Dressing scheme, Strings strings) {
        var words = SampleLists.words(strings);
        screen(before + "welcome-" + name, scheme, () -> {
            var model = new SampleLists().welcome(strings);
            model.offer(SampleLists.LINK);
            model.recent(SampleLists.twelve());
            return new WelcomeScreen(model, words);
        });
        screen(before + "welcome-first-" + name, scheme, () -> {
            var model = new SampleLists().welcome(strings);
            model.link().set("something else");
            model.next();
            return new WelcomeScreen(model, words);
        });
        screen(before + "welcome-card-" + name, scheme, () -> {
            var model = new SampleLists().welcome(strings);
            model.follow(InviteLink.parse("coscribe://join/192.168.1.20:7450/7F3K-Q9TM-2XWD"));
            return new WelcomeScreen(model, words);
        });
        for (var documents : List.of(List.<DocumentEntry>of(), SampleLists.twelve())) {
            screen(before + "list-" + documents.size() + "-" + name, scheme, () -> {
                var model = new SampleLists().list(strings, documents);
                model.refresh();
                return new DocumentListScreen(model, words, () -> {}, proxy -> {});
            });
        }
        screen(before + "list-told-" + name, scheme, () -> {
            var sample = new SampleLists();
            sample.asked = List.of(SampleLists.away());
            var model = sample.list(strings, SampleLists.twelve());
            model.refresh();
            model.open(model.entries().getFirst());
            sample.answer.completeExceptionally(new ClientException(FailureCode.NO_ACCESS, "no"));
            return new DocumentListScreen(model, words, () -> {}, proxy -> {});
        });
    }

    private void screen(String name, Dressing scheme, Supplier<Region> screen) {
        if (!wanted.isEmpty() && wanted.stream().noneMatch(name::startsWith)) {
            return;
        }
        var scene = Fx.call(() -> {
            var stage = new Stage();
            var made = new Scene(screen.get(), 860, 680);
            scheme.theme().dress(made);
            stage.setScene(made);
            stage.show();
            switch (made.getRoot()) {
                case WelcomeScreen welcome -> welcome.focusIn();
                case DocumentListScreen list -> list.focusIn();
                default -> {}
            }
            return made;
        });
        Fx.run(() -> Shots.take(scene, name));
        Fx.run(() -> scene.getWindow().hide());
    }

    private static Scene dressed(Sample sample, Theme theme, double width, double height) {
        var stage = new Stage();
        var scene = sample.window.dress(stage, theme);
        stage.setWidth(width);
        stage.setHeight(height);
        stage.show();
        sample.text.requestFocus();
        return scene;
    }
}
