package coscribe.desktop.viewmodel;

import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// A status with what matters to a test set, and everything else as on a good day.
public record Standing(Status status) {
    public static final Standing LIVE = new Standing(new Status(
            new Contact.Live(),
            new Journal.State.OnDisk(),
            0,
            Optional.empty(),
            Optional.empty(),
            Role.EDITOR,
            Optional.of(Durability.STRICT),
            Optional.of(Duration.ofMillis(12)),
            Optional.empty(),
            Optional.empty()));

    public Standing with(Contact contact) {
        return but(it -> it.contact = contact);
    }

    public Standing waiting(int attempts, Instant retryAt) {
        return with(new Contact.Waiting(
                attempts, retryAt, Optional.of(new LinkLoss.Unreachable(LinkLoss.Trouble.NO_ANSWER, "No answer."))));
    }

    public Standing stopped(FailureCode code) {
        return with(new Contact.Stopped(code, "No."));
    }

    public Standing unsaved(int edits, Instant since) {
        return but(it -> {
            it.unsaved = edits;
            it.unsavedSince = edits == 0 ? Optional.empty() : Optional.of(since);
        });
    }

    public Standing saved(Instant at) {
        return but(it -> {
            it.unsaved = 0;
            it.unsavedSince = Optional.empty();
            it.savedAt = Optional.of(at);
        });
    }

    public Standing as(Role role) {
        return but(it -> it.role = role);
    }

    public Standing at(Durability durability) {
        return but(it -> it.durability = Optional.of(durability));
    }

    public Standing failing(JournalException.Kind kind) {
        return but(it -> it.journal = new Journal.State.Failing(kind, "The disk is full."));
    }

    public Standing lastHeard(Instant at) {
        return but(it -> it.lastContact = Optional.of(at));
    }

    public Standing merged(int sent, long added) {
        return but(it -> it.merged = Optional.of(new Status.Merged(sent, added)));
    }

    private Standing but(Consumer<Draft> change) {
        var draft = new Draft(status);
        change.accept(draft);
        return new Standing(draft.status());
    }

    /// A status while it is changed.
    private static final class Draft {
        private Contact contact;
        private Journal.State journal;
        private int unsaved;
        private Optional<Instant> unsavedSince;
        private Optional<Instant> savedAt;
        private Role role;
        private Optional<Durability> durability;
        private final Optional<Duration> roundTrip;
        private Optional<Instant> lastContact;
        private Optional<Status.Merged> merged;

        Draft(Status from) {
            contact = from.contact();
            journal = from.journal();
            unsaved = from.unsaved();
            unsavedSince = from.unsavedSince();
            savedAt = from.savedAt();
            role = from.role();
            durability = from.durability();
            roundTrip = from.roundTrip();
            lastContact = from.lastContact();
            merged = from.merged();
        }

        Status status() {
            return new Status(
                    contact, journal, unsaved, unsavedSince, savedAt, role, durability, roundTrip, lastContact, merged);
        }
    }
}
