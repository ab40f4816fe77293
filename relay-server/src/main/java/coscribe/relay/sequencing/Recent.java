package coscribe.relay.sequencing;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest commits of a document, as many as a late submission may need: between `span` and
/// twice as many, and between one and two times `bytesBound`. Immutable: two generations of a
/// linked list, the older one dropped whole. Each begins with the text as it was then, which the
/// later ones share most of, so that any text within reach can be made again.
public final class Recent {
    private final Revision head;
    private final Generation younger;
    private final Generation older;
    private final int span;
    private final long bytesBound;

    private record Node(KnownCommit commit, @Nullable Node before) {}

    /// @param start  the document before the first commit of the generation
    private record Generation(Document start, @Nullable Node newest, int count, long bytes) {
        static Generation from(Document start) {
            return new Generation(start, null, 0, 0);
        }
    }

    private Recent(Revision head, Generation younger, Generation older, int span, long bytesBound) {
        this.head = head;
        this.younger = younger;
        this.older = older;
        this.span = span;
        this.bytesBound = bytesBound;
    }

    /// Nothing yet; the log ends at `head`, with this document.
    public static Recent from(Revision head, Document document, int span, long bytesBound) {
        var nothing = Generation.from(document);
        return new Recent(head, nothing, nothing, span, bytesBound);
    }

    /// With one more commit, the one after the head.
    ///
    /// @param before  the document at the head
    public Recent plus(KnownCommit commit, Document before) {
        if (!commit.revision().equals(head.next())) {
            throw new IllegalStateException("commit " + commit.revision() + " behind head " + head);
        }
        boolean full = younger.count >= span || younger.bytes >= bytesBound;
        Generation base = full ? Generation.from(before) : younger;
        var grown = new Generation(
                base.start, new Node(commit, base.newest), base.count + 1, base.bytes + commit.bytes().length);
        return new Recent(commit.revision(), grown, full ? younger : older, span, bytesBound);
    }

    public Revision head() {
        return head;
    }

    /// The revision before the oldest commit that is remembered.
    public Revision reachesBackTo() {
        return new Revision(head.number() - younger.count - older.count);
    }

    /// The commits after `revision`, in order; empty where it is not within reach or beyond the
    /// head.
    public Optional<List<KnownCommit>> after(Revision revision) {
        long wanted = head.number() - revision.number();
        if (wanted < 0 || wanted > younger.count + older.count) {
            return Optional.empty();
        }
        var run = new ArrayList<KnownCommit>((int) wanted);
        Node node = younger.newest;
        boolean inYounger = true;
        while (run.size() < wanted) {
            if (node == null && inYounger) {
                node = older.newest;
                inYounger = false;
            }
            if (node == null) {
                throw new IllegalStateException("fewer commits remembered than counted");
            }
            run.add(node.commit);
            node = node.before;
        }
        Collections.reverse(run);
        return Optional.of(run);
    }

    /// The document as it was at `revision`, made from the start of its generation; empty where the
    /// revision is not within reach or beyond the head. Takes a composition of up to twice `span`
    /// commits, so it is not for every commit.
    public Optional<Document> documentAt(Revision revision) {
        Revision youngerFrom = new Revision(head.number() - younger.count);
        boolean inYounger = !youngerFrom.isAfter(revision);
        Revision start = inYounger ? youngerFrom : reachesBackTo();
        if (start.isAfter(revision) || revision.isAfter(head)) {
            return Optional.empty();
        }
        int commits = (int) (revision.number() - start.number());
        Document from = inYounger ? younger.start : older.start;
        return commits == 0
                ? Optional.of(from)
                : after(start)
                        .map(run -> from.apply(Change.composeAll(run.subList(0, commits).stream()
                                .map(commit -> commit.committed().change())
                                .toList())));
    }
}
