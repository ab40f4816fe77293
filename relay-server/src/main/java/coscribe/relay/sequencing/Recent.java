package coscribe.relay.sequencing;

import coscribe.ot.protocol.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest commits of a document, as many as a late submission may need: between `span` and
/// twice as many, and between one and two times `bytesBound`. Immutable: two generations of a
/// linked list, the older one dropped whole.
public final class Recent {
    private final Revision head;
    private final Generation younger;
    private final Generation older;
    private final int span;
    private final long bytesBound;

    private record Node(KnownCommit commit, @Nullable Node before) {}

    private record Generation(@Nullable Node newest, int count, long bytes) {
        static final Generation EMPTY = new Generation(null, 0, 0);
    }

    private Recent(Revision head, Generation younger, Generation older, int span, long bytesBound) {
        this.head = head;
        this.younger = younger;
        this.older = older;
        this.span = span;
        this.bytesBound = bytesBound;
    }

    /// Nothing yet; the log ends at `head`.
    public static Recent from(Revision head, int span, long bytesBound) {
        return new Recent(head, Generation.EMPTY, Generation.EMPTY, span, bytesBound);
    }

    /// With one more commit, the one after the head.
    public Recent plus(KnownCommit commit) {
        if (!commit.revision().equals(head.next())) {
            throw new IllegalStateException("commit " + commit.revision() + " behind head " + head);
        }
        boolean full = younger.count >= span || younger.bytes >= bytesBound;
        Generation base = full ? Generation.EMPTY : younger;
        var grown = new Generation(new Node(commit, base.newest), base.count + 1, base.bytes + commit.bytes().length);
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
}
