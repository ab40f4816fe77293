package coscribe.relay.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a relay remembers of a document's log.
class RecentTest {
    private static final int SPAN = 7;
    private static final long START = 100;

    private final List<Document> texts = new ArrayList<>(List.of(Document.EMPTY));
    private Recent recent = Recent.from(new Revision(START), Document.EMPTY, SPAN, 1 << 20);

    private void commit() {
        Document before = texts.getLast();
        long revision = START + texts.size();
        var change = Change.of(Delta.builder()
                .insert(Character.toString('a' + texts.size() % 26))
                .build(before.length()));
        var committed = new Committed(
                new Revision(revision),
                new PersonId("a".repeat(32)),
                new ClientId("1".repeat(32)),
                revision,
                Intent.EDIT,
                0,
                change,
                Optional.empty(),
                Optional.empty());
        recent = recent.plus(new KnownCommit(committed, new byte[10], ChainHash.START), before);
        texts.add(before.apply(change));
    }

    @Test
    void every_text_within_reach_can_be_made_again_and_no_other() {
        for (int commits = 0; commits <= 5 * SPAN; commits++) {
            long head = START + commits;
            long reach = recent.reachesBackTo().number();
            assertThat(reach).isLessThanOrEqualTo(Math.max(START, head - SPAN));
            for (long revision = START - 1; revision <= head + 1; revision++) {
                boolean within = revision >= reach && revision <= head;
                assertThat(recent.documentAt(new Revision(revision)))
                        .as("the text at %s, head %s", revision, head)
                        .isEqualTo(within ? Optional.of(texts.get((int) (revision - START))) : Optional.empty());
                assertThat(recent.after(new Revision(revision)).isPresent()).isEqualTo(within);
            }
            commit();
        }
    }
}
