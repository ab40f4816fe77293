package coscribe.bench.editor;

import coscribe.client.CoscribeClient;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.DocumentId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Somebody who comes into a document again and again, selects here and there around the writer,
/// and goes.
final class ComingAndGoing implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int MOVES = 12;
    private static final int AROUND = 300; // units

    private final RelayAddress relay;
    private final Path profile;
    private final DocumentId document;
    private final SplittableRandom random = new SplittableRandom(11);
    private final CompletableFuture<Integer> visits;
    private volatile boolean staying = true;

    /// @param profile  of somebody who may open the document
    ComingAndGoing(RelayAddress relay, Path profile, DocumentId document) {
        this.relay = relay;
        this.profile = profile;
        this.document = document;
        this.visits = CompletableFuture.supplyAsync(
                this::visit, task -> Thread.ofPlatform().daemon().name("guest").start(task));
    }

    private int visit() {
        int count = 0;
        while (staying || count == 0) {
            try (var client = CoscribeClient.connect(relay, profile)) {
                var here = client.open(document).opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                for (int i = 0; i < MOVES; i++) {
                    here.run(this::move).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    TimeUnit.MILLISECONDS.sleep(40);
                }
            } catch (Exception e) {
                throw new IllegalStateException("the guest could not come in", e);
            }
            count++;
        }
        return count;
    }

    private void move(DocumentClient it) {
        int last = it.document().length() - 1;
        int writer = it.members().stream()
                .flatMap(member -> member.caret().stream())
                .mapToInt(told -> told.caret().head())
                .findFirst()
                .orElse(last);
        int head = Math.clamp((long) writer - AROUND + random.nextInt(2 * AROUND), 0, last);
        int anchor = Math.clamp((long) head - random.nextInt(20), 0, last);
        it.moveCaret(Optional.of(new Caret(anchor, head)));
    }

    /// Returns how often they came, when they have gone for the last time.
    int last() throws Exception {
        staying = false;
        return visits.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        staying = false;
    }
}
