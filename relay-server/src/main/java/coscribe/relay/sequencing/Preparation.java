package coscribe.relay.sequencing;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.Submission;
import coscribe.relay.sequencing.Sequence.Prepared;
import coscribe.relay.store.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Makes a batch: each waiting submission is checked, rebased over what was committed since its
/// base and over the entries in front of it, and encoded. Whoever fails a check is refused alone.
final class Preparation {
    private final Function<Committed, byte[]> encoder;
    private final SequenceLimits limits;
    private final Copy copy;
    private final long nowMillis;

    private final List<Prepared> prepared = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<Throwable> mistakes = new ArrayList<>();
    private final Set<PersonId> authors;
    private Document document;
    private Revision revision;
    private ChainHash chain;
    private long hashedAt;

    /// Why a submission is not committed.
    record Refused(Waiting waiting, Refusal reason, String sentence) {}

    Preparation(
            Function<Committed, byte[]> encoder,
            SequenceLimits limits,
            Copy copy,
            long nowMillis,
            long lastHashAtMillis) {
        this.encoder = encoder;
        this.limits = limits;
        this.copy = copy;
        this.nowMillis = nowMillis;
        this.hashedAt = lastHashAtMillis;
        this.document = copy.document();
        this.revision = copy.head().revision();
        this.chain = copy.head().chain();
        this.authors = new HashSet<>(copy.authors());
    }

    List<Prepared> prepared() {
        return prepared;
    }

    List<Entry> entries() {
        return entries;
    }

    List<Refused> refused() {
        return refused;
    }

    /// What was thrown by changes that are refused because of it.
    List<Throwable> mistakes() {
        return mistakes;
    }

    long hashedAtMillis() {
        return hashedAt;
    }

    /// Takes one more submission into the batch, or refuses it. Its base is not beyond the head.
    void add(Waiting waiting) {
        try {
            prepare(waiting).ifPresent(problem -> refused.add(problem));
        } catch (RuntimeException | StackOverflowError e) {
            // A change that passed the checks and still cannot be moved is our bug; it must not stop the others.
            mistakes.add(e);
            refused.add(
                    new Refused(waiting, Refusal.INVALID, "The change could not be merged (" + e.getMessage() + ")."));
        }
    }

    private Optional<Refused> prepare(Waiting waiting) {
        Submission submission = waiting.submission();
        var since = copy.recent().after(submission.base());
        if (since.isEmpty()) {
            return Optional.of(new Refused(
                    waiting,
                    Refusal.CATCH_UP,
                    "The change is based on revision " + submission.base() + ", too far behind revision "
                            + copy.head().revision() + ". Catch up and send it again."));
        }
        var problem = check(waiting, lengthBefore(since.get()));
        if (problem.isPresent()) {
            return problem;
        }
        var moving = new Moving(
                submission.change(),
                submission
                        .caret()
                        .filter(at -> at.fits(submission.change().delta().targetLength())));
        for (KnownCommit commit : since.get()) {
            moving = moving.past(commit.committed().change());
        }
        for (Prepared ahead : prepared) {
            moving = moving.past(ahead.commit().committed().change());
        }
        Change change = moving.change;
        var split = Schema.checkBoundaries(change.delta(), document.text());
        if (split.isPresent()) {
            return Optional.of(new Refused(waiting, Refusal.INVALID, split.get().sentence()));
        }
        if (change.delta().targetLength() > limits.documentUnits()
                && change.delta().targetLength() > change.delta().baseLength()) {
            return Optional.of(new Refused(
                    waiting,
                    Refusal.TOO_LARGE,
                    "The document would have more than " + limits.documentUnits() + " characters."));
        }
        return accept(waiting, moving);
    }

    /// A submission on its way to the head; the caret stays in the text after it.
    private record Moving(Change change, Optional<Caret> caret) {
        Moving past(Change history) {
            return new Moving(
                    change.transform(history, Side.RIGHT),
                    caret.map(at -> at.throughForeign(
                            history.transform(change, Side.LEFT).delta())));
        }
    }

    /// The length of the text that a submission with these commits after its base was made on.
    private int lengthBefore(List<KnownCommit> since) {
        return since.isEmpty()
                ? copy.document().length()
                : since.getFirst().committed().change().delta().baseLength();
    }

    private Optional<Refused> check(Waiting waiting, int length) {
        Submission submission = waiting.submission();
        if (submission.change().delta().insertedLength() > Limits.SUBMISSION_UNITS) {
            return Optional.of(new Refused(
                    waiting,
                    Refusal.TOO_LARGE,
                    "A change inserts at most " + Limits.SUBMISSION_UNITS + " characters; send it in pieces."));
        }
        var flaw = Schema.check(submission.change(), length);
        if (flaw.isPresent()) {
            return Optional.of(new Refused(waiting, Refusal.INVALID, flaw.get().sentence()));
        }
        String own = waiting.person().hex();
        for (String stamp : Schema.stamps(submission.change().delta())) {
            boolean others = !stamp.isEmpty()
                    && submission.intent().mayCarryOthersText()
                    && authors.contains(new PersonId(stamp));
            if (!stamp.equals(own) && !others) {
                return Optional.of(new Refused(
                        waiting, Refusal.INVALID, "Inserted text must be stamped with its writer's own id."));
            }
        }
        for (ThreadEvent event : submission.change().events()) {
            if (!event.author().equals(own)) {
                return Optional.of(new Refused(waiting, Refusal.INVALID, "A comment must carry its writer's own id."));
            }
        }
        return Optional.empty();
    }

    private Optional<Refused> accept(Waiting waiting, Moving moved) {
        Submission submission = waiting.submission();
        Change change = moved.change;
        Revision next = revision.next();
        Document after = document.apply(change);
        Optional<ContentHash> hash = Optional.empty();
        long since = nowMillis - hashedAt; // below 0: the clock was set back
        if (next.number() % limits.hashEvery() == 0
                && (since < 0 || since >= limits.hashAtMostEvery().toMillis())) {
            hash = Optional.of(after.contentHash());
        }
        var committed = new Committed(
                next,
                waiting.person(),
                waiting.client(),
                submission.seq(),
                submission.intent(),
                nowMillis,
                change,
                moved.caret,
                hash);
        byte[] bytes = encoder.apply(committed);
        if (bytes.length > Limits.FRAME_BYTES) {
            return Optional.of(new Refused(
                    waiting,
                    Refusal.TOO_LARGE,
                    "The change would be larger than the " + Limits.FRAME_BYTES + " bytes that one message may have."));
        }
        ChainHash link = chain.after(bytes);
        Role needs = Schema.onlyComments(change.delta()) && !change.isIdentity() ? Role.COMMENTER : Role.EDITOR;
        // Nothing is thrown from here on: a batch with half of an entry in it would be worse than none.
        revision = next;
        document = after;
        hashedAt = hash.isPresent() ? nowMillis : hashedAt;
        chain = link;
        authors.add(waiting.person());
        prepared.add(new Prepared(waiting, new KnownCommit(committed, bytes, link), after));
        entries.add(new Entry(waiting.client(), submission.seq(), waiting.person(), needs, bytes, link));
        return Optional.empty();
    }
}
