package coscribe.client.runner;

import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.link.Link;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.session.Effect;
import coscribe.ot.session.JournalRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs a session's effects in their order: what is to be noted is noted before what follows is
/// sent. Runs on the disk's thread alone.
///
/// Where the journal fails, editing and sending go on and the journal is written anew from a
/// checkpoint as soon as the disk takes it. Two things have to wait for the disk even then: a
/// submission whose mark must not be lost while the edits survive (the old journal is moved out of
/// the way; if even that fails the submission is held back), and forgetting text of which a copy is
/// not yet kept.
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Journal journal;
    private final Copies copies;
    private final Consumer<KeptCopy> kept;
    private final Consumer<Optional<Journal.State.Failing>> owing;
    private final Runnable troubled;
    private final Runnable grown;
    private final Deque<Due> copiesDue = new ArrayDeque<>();
    private Optional<Link.Connection> connection = Optional.empty();
    private boolean broken;
    private boolean holding;
    private boolean toldGrown;

    /// A copy that the disk did not take yet.
    private record Due(Document document, KeptCopy.Reason reason, String title, Instant at) {}

    /// @param kept      told about each copy that is on the disk
    /// @param owing     told how the disk fails to take a copy, and when it took all of them
    /// @param troubled  told that only {@link #rewrite} makes the journal whole again
    /// @param grown     told, once until then, that {@link #rewrite} would make the journal shorter
    Keeper(
            Journal journal,
            Copies copies,
            Consumer<KeptCopy> kept,
            Consumer<Optional<Journal.State.Failing>> owing,
            Runnable troubled,
            Runnable grown) {
        this.journal = journal;
        this.copies = copies;
        this.kept = kept;
        this.owing = owing;
        this.troubled = troubled;
        this.grown = grown;
    }

    void use(Optional<Link.Connection> next) {
        connection = next;
    }

    void write(JournalRecord entry, boolean now) {
        if (!broken) {
            try {
                journal.append(entry);
                if (now) {
                    journal.force();
                }
                if (!toldGrown && journal.wantsRewrite()) {
                    toldGrown = true;
                    grown.run();
                }
                return;
            } catch (JournalException e) {
                fail(e);
            }
        }
        if (now) {
            setAside();
        }
    }

    /// Tells whoever waits for it whether all records so far are in the journal.
    void tellWritten(CompletableFuture<Void> wanted) {
        if (broken) {
            wanted.completeExceptionally(new ClientException("What is typed now is in memory only."));
        } else {
            wanted.complete(null);
        }
    }

    /// Tells whoever waits for it whether something is in memory only: what is unsent, or a copy that
    /// the disk did not take yet.
    void tellLoss(boolean unsent, CompletableFuture<Boolean> wanted) {
        if (unsent && !broken) {
            try {
                journal.force();
            } catch (JournalException e) {
                fail(e);
            }
        }
        wanted.complete(!copiesDue.isEmpty() || (unsent && broken));
    }

    private void fail(JournalException cause) {
        LOG.warn("journal failing, edits stay in memory kind={}", cause.kind(), cause);
        broken = true;
        troubled.run();
    }

    /// What the journal holds must no longer be taken for what happened.
    private void setAside() {
        try {
            journal.setAside();
        } catch (JournalException e) {
            LOG.warn("journal not set aside, submissions wait for the disk", e);
            holding = true;
        }
    }

    void send(ClientMessage message) {
        if (!(holding && message instanceof ClientMessage.Submit)) {
            connection.ifPresent(open -> open.send(message));
        }
    }

    void keepCopy(Document document, KeptCopy.Reason reason, String title, Instant at) {
        copiesDue.add(new Due(document, reason, title, at));
        if (!keepCopiesDue()) {
            // The records to come forget that text: they must wait for the copy.
            broken = true;
            troubled.run();
        }
    }

    private boolean keepCopiesDue() {
        while (!copiesDue.isEmpty()) {
            Due due = copiesDue.element();
            try {
                kept.accept(copies.keep(due.document(), due.reason(), due.title(), due.at()));
            } catch (JournalException e) {
                LOG.warn("copy not kept yet", e);
                owing.accept(Optional.of(new Journal.State.Failing(e.kind(), String.valueOf(e.getMessage()))));
                return false;
            }
            copiesDue.remove();
        }
        return true;
    }

    /// Puts a checkpoint of the session, as it is at this place among the effects, in the journal's
    /// place.
    void rewrite(List<JournalRecord> records) {
        if (!keepCopiesDue()) {
            troubled.run();
            return;
        }
        try {
            journal.rewrite(records);
            owing.accept(Optional.empty());
            broken = false;
            holding = false;
            toldGrown = false;
        } catch (JournalException e) {
            if (broken) {
                troubled.run();
            } else {
                LOG.warn("journal not compacted kind={}", e.kind(), e);
            }
        }
    }

    void watch(boolean closely) {
        connection.ifPresent(open -> open.watch(closely));
    }

    void disconnect(String why) {
        connection.ifPresent(open -> open.close(why));
        connection = Optional.empty();
    }

    void close() {
        disconnect("the document was closed");
        journal.close();
    }

    /// For {@link Effect.KeepCopy}.
    void keepCopy(Effect.KeepCopy effect, String title, Instant at) {
        keepCopy(effect.document(), KeptCopy.Reason.of(effect.reason()), title, at);
    }
}
