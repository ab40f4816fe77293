package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.journal.Journal;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status;
import coscribe.desktop.policy.PolicyFile;
import coscribe.desktop.view.frame.Walk;
import coscribe.kit.SmallDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.scene.control.Button;
import javafx.stage.WindowEvent;

/// Somebody who writes until their disk is full, goes on without a network, and then wants to go.
/// Tells on the standard output what they see. On the thread that draws.
final class FullDiskPerson extends AnimationTimer {
    private final Desktop desktop;
    private final DocumentWindow window;
    private final Path disk;
    private boolean told;
    private Step step = Step.COMES_IN;

    private enum Step {
        COMES_IN,
        WRITES,
        CLOSES,
        QUITS,
        CLOSES_ANYWAY
    }

    private FullDiskPerson(Desktop desktop, DocumentWindow window, Path disk) {
        this.desktop = desktop;
        this.window = window;
        this.disk = disk;
        window.client().listen(new DocumentListener() {
            @Override
            public void statusChanged(DocumentClient document, Status now) {
                if (now.journal() instanceof Journal.State.Failing && !told) {
                    told = true;
                    System.out.println("told at once " + says("This computer's disk is full."));
                }
            }
        });
    }

    /// @param args  the disk; an invite link; the document's
    public static void main(String[] args) throws Exception {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        Path disk = Path.of(args[0]);
        Path profile = disk.resolve("profile");
        try (var jon = CoscribeClient.join(InviteLink.parse(args[1]), "Jon", profile);
                var document = jon.open(DocumentLink.parse(args[2]).document())) {
            document.opened().get(30, TimeUnit.SECONDS);
        }
        int code = Main.run(
                List.of("--profile", profile.toString(), args[2]),
                new PolicyFile(disk.resolve("policy.json")),
                desktop -> desktop.onWindow(window -> new FullDiskPerson(desktop, window, disk).start()));
        System.out.println("ended " + code);
        System.exit(code);
    }

    @Override
    public void handle(long nanos) {
        switch (step) {
            case COMES_IN -> {
                if (window.client().status().contact() instanceof Status.Contact.Live) {
                    SmallDisk.fill(disk);
                    step = Step.WRITES;
                }
            }
            case WRITES -> {
                window.model().type("More. ");
                if (window.client().status().journal() instanceof Journal.State.Failing) {
                    window.client().workOffline(true);
                    window.model().type("In memory. ");
                    step = Step.CLOSES;
                    Event.fireEvent(window.stage(), new WindowEvent(window.stage(), WindowEvent.WINDOW_CLOSE_REQUEST));
                }
            }
            case CLOSES -> {
                if (isToldThatItStays()) {
                    System.out.println("stays after closing " + window.stage().isShowing());
                    press("banner-close");
                    step = Step.QUITS;
                    desktop.quit();
                }
            }
            case QUITS -> {
                if (isToldThatItStays()) {
                    System.out.println("stays after quitting " + window.stage().isShowing());
                    step = Step.CLOSES_ANYWAY;
                }
            }
            case CLOSES_ANYWAY -> {
                stop();
                press("Close Anyway");
            }
        }
    }

    private boolean isToldThatItStays() {
        return says("'Plan' was not closed: ");
    }

    private boolean says(String beginning) {
        return Walk.words(window.frame().root()).stream()
                .anyMatch(words -> words.startsWith(beginning) && words.contains("only in memory"));
    }

    /// @param which  its words or its style
    private void press(String which) {
        window.frame().root().lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(button ->
                        which.equals(button.getText()) || button.getStyleClass().contains(which))
                .findFirst()
                .orElseThrow()
                .fire();
    }
}
