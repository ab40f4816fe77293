package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.runner.KeptCopy;
import coscribe.desktop.update.UpdateException;
import coscribe.desktop.view.frame.AccessCard;
import coscribe.desktop.view.frame.ProxyCard;
import coscribe.desktop.view.frame.SignInCard;
import coscribe.desktop.viewmodel.AccessRequest;
import coscribe.desktop.viewmodel.Banners;
import coscribe.desktop.viewmodel.SignInAgain;
import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a document's messages and its status line offer, done. On the thread that draws.
final class Remedies {
    private static final Logger LOG = LoggerFactory.getLogger(Remedies.class);

    private final Desktop desktop;
    private final CoscribeClient relay;
    private final DocumentWindow window;
    private final Banners banners;

    /// @param window  asked for its parts once it has them
    Remedies(Desktop desktop, CoscribeClient relay, DocumentWindow window, Banners banners) {
        this.desktop = desktop;
        this.relay = relay;
        this.window = window;
        this.banners = banners;
    }

    Map<Banners.Action, Consumer<Banners.Banner>> forBanners() {
        return Map.of(
                Banners.Action.TRY_NOW, banner -> window.client().tryNow(),
                Banners.Action.SIGN_IN, banner -> signIn(),
                Banners.Action.SIGN_IN_TO_PROXY, banner -> banners.proxy().ifPresent(this::signInToProxy),
                Banners.Action.OPEN_COPY, banner -> banner.copy().ifPresent(this::openCopy),
                Banners.Action.REQUEST_ACCESS, banner -> requestAccess(),
                Banners.Action.EXPORT_COPY, banner -> export(),
                Banners.Action.SAVE_COPY, banner -> export(),
                Banners.Action.CLOSE_ANYWAY, banner -> window.closeNow(),
                Banners.Action.SHOW_RELEASE, banner -> showRelease(),
                Banners.Action.COPY_DIAGNOSTICS, banner -> copyDiagnostics());
    }

    Map<StatusDetails.Action, Runnable> forStatus() {
        return Map.of(
                StatusDetails.Action.TRY_NOW,
                window.client()::tryNow,
                StatusDetails.Action.GO_ONLINE,
                () -> window.client().workOffline(false),
                StatusDetails.Action.SIGN_IN,
                this::signIn,
                StatusDetails.Action.REQUEST_ACCESS,
                this::requestAccess);
    }

    // --- a newer version

    private void showRelease() {
        desktop.updates()
                .offered()
                .get()
                .ifPresent(release ->
                        desktop.around().browser().accept(release.page().toString()));
    }

    /// Says that there is none; one that there is the window of every document says.
    void checkUpdates() {
        var strings = desktop.around().strings();
        window.status().flash(strings.get("update.asking"));
        var _ = desktop.updates().ask().whenComplete((newer, failure) -> {
            if (failure != null) {
                var trouble = Updates.trouble(failure);
                banners.notAsked(
                        whyUnknown(trouble, desktop.updates().source(), strings),
                        trouble.map(UpdateException::proxy).filter(proxy -> !proxy.isEmpty()));
            } else {
                banners.asked(Optional.of(desktop.around().version()).filter(own -> newer.isEmpty()));
            }
        });
    }

    static String whyUnknown(Optional<UpdateException> trouble, String source, Strings strings) {
        String reason = trouble.map(known -> switch (known.trouble()) {
                    case UNREACHABLE -> "unreachable";
                    case PROXY_SIGN_IN -> "proxy";
                    case CERTIFICATE -> "certificate";
                    case NO_NOTICE -> "noNotice";
                    case NOT_SIGNED -> "notSigned";
                    case OUT_OF_DATE -> "outOfDate";
                })
                .orElse("unreachable");
        return strings.get("update.unknown." + reason, source);
    }

    // --- signed out

    /// This computer's own server lets its owner in; any other one wants a link.
    private void signIn() {
        var _ = desktop.navigator()
                .ownWayIn(relay)
                .whenCompleteAsync(
                        (own, failure) -> {
                            if (failure != null) {
                                LOG.warn("event=no_way_in", failure);
                            }
                            if (failure == null && own.isPresent()) {
                                var _ = desktop.navigator().signIn(relay, own.get());
                            } else {
                                askForLink();
                            }
                        },
                        desktop.around().home());
    }

    private void askForLink() {
        var strings = desktop.around().strings();
        var model = new SignInAgain(
                strings,
                relay.address(),
                link -> desktop.navigator().signIn(relay, link),
                desktop.around().home(),
                () -> window.frame().closeCard());
        if (Clipboard.getSystemClipboard().hasString()) {
            model.offer(Clipboard.getSystemClipboard().getString());
        }
        window.frame().showCard(new SignInCard(model, strings));
    }

    private void signInToProxy(String proxy) {
        var access = desktop.proxyAccess(proxy, () -> window.frame().closeCard());
        window.frame().showCard(new ProxyCard(access, desktop.around().strings()));
    }

    // --- not let to edit

    private void requestAccess() {
        var _ = relay.me()
                .thenApply(Person::name)
                .exceptionally(failure -> desktop.around().personName())
                .thenAcceptAsync(this::requestAccess, desktop.around().home());
    }

    private void requestAccess(String name) {
        var strings = desktop.around().strings();
        var request = AccessRequest.of(
                window.client().members(),
                name,
                window.title(),
                DocumentLink.to(relay.address(), window.client().id()),
                strings);
        window.frame().showCard(new AccessCard(request, strings, message -> {
            var content = new ClipboardContent();
            content.putString(message);
            Clipboard.getSystemClipboard().setContent(content);
            window.frame().closeCard();
            window.status().flash(strings.get("access.copied"));
        }));
    }

    // --- text that was kept beside it

    private void openCopy(KeptCopy copy) {
        var _ = copies().thenAcceptAsync(
                        all -> desktop.showCopies(window.client().id(), all.contains(copy) ? all : List.of(copy), copy),
                        desktop.around().home());
    }

    /// The newest one first.
    void openCopies() {
        var _ = copies().thenAcceptAsync(
                        all -> {
                            if (!all.isEmpty()) {
                                desktop.showCopies(window.client().id(), all, all.getFirst());
                            }
                        },
                        desktop.around().home());
    }

    /// All that there are, the newest first. Reads the disk elsewhere.
    CompletableFuture<List<KeptCopy>> copies() {
        var client = window.client();
        return CompletableFuture.supplyAsync(() -> client.copies().reversed(), desktop.files());
    }

    void copyDiagnostics() {
        new Support(desktop).copyDiagnostics();
        window.status().flash(desktop.around().strings().get("diagnostics.copied"));
    }

    // --- a file of it

    void export() {
        var document = window.client().document();
        var exported = desktop.exporter()
                .export(name -> desktop.around().files().whereTo(window.stage(), name), document, window.title());
        var _ = exported.whenComplete((file, failure) -> {
            if (failure != null) {
                LOG.warn("event=not_exported", failure);
                banners.exportFailed(failure instanceof Exporter.NotWrittenException known ? known.file() : "");
            } else {
                file.ifPresent(it -> {
                    banners.exported();
                    window.written(document);
                    window.status().flash(desktop.around().strings().get("export.done", it.getFileName()));
                });
            }
        });
    }
}
