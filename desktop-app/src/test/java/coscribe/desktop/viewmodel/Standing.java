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
        var s = status;
        return new Standing(new Status(
                contact,
                s.journal(),
                s.unsaved(),
                s.unsavedSince(),
                s.savedAt(),
                s.role(),
                s.durability(),
                s.roundTrip(),
                s.lastContact(),
                s.merged()));
    }

    public Standing waiting(int attempts, Instant retryAt) {
        return with(new Contact.Waiting(
                attempts, retryAt, Optional.of(new LinkLoss.Unreachable(LinkLoss.Trouble.NO_ANSWER, "No answer."))));
    }

    public Standing stopped(FailureCode code) {
        return with(new Contact.Stopped(code, "No."));
    }

    public Standing unsaved(int edits, Instant since) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                s.journal(),
                edits,
                edits == 0 ? Optional.empty() : Optional.of(since),
                s.savedAt(),
                s.role(),
                s.durability(),
                s.roundTrip(),
                s.lastContact(),
                s.merged()));
    }

    public Standing saved(Instant at) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                s.journal(),
                0,
                Optional.empty(),
                Optional.of(at),
                s.role(),
                s.durability(),
                s.roundTrip(),
                s.lastContact(),
                s.merged()));
    }

    public Standing as(Role role) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                s.journal(),
                s.unsaved(),
                s.unsavedSince(),
                s.savedAt(),
                role,
                s.durability(),
                s.roundTrip(),
                s.lastContact(),
                s.merged()));
    }

    public Standing at(Durability durability) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                s.journal(),
                s.unsaved(),
                s.unsavedSince(),
                s.savedAt(),
                s.role(),
                Optional.of(durability),
                s.roundTrip(),
                s.lastContact(),
                s.merged()));
    }

    public Standing failing(JournalException.Kind kind) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                new Journal.State.Failing(kind, "The disk is full."),
                s.unsaved(),
                s.unsavedSince(),
                s.savedAt(),
                s.role(),
                s.durability(),
                s.roundTrip(),
                s.lastContact(),
                s.merged()));
    }

    public Standing lastHeard(Instant at) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                s.journal(),
                s.unsaved(),
                s.unsavedSince(),
                s.savedAt(),
                s.role(),
                s.durability(),
                s.roundTrip(),
                Optional.of(at),
                s.merged()));
    }

    public Standing merged(int sent, long added) {
        var s = status;
        return new Standing(new Status(
                s.contact(),
                s.journal(),
                s.unsaved(),
                s.unsavedSince(),
                s.savedAt(),
                s.role(),
                s.durability(),
                s.roundTrip(),
                s.lastContact(),
                Optional.of(new Status.Merged(sent, added))));
    }
}
