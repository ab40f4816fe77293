package coscribe.relay.cli.load;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Everybody of a load: how they come in one after the other, and whether all have the same texts.
final class People implements LoadClient.Watcher {
    private static final int JOINING_AT_ONCE = 64;
    private static final Duration JOINED_WITHIN = Duration.ofMinutes(3);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);
    private static final String FILLING = "All work and no play makes a dull document. ";

    private final LoadPlan plan;
    private final Load.Doors doors;
    private final RandomGenerator random;
    private final LoadLoop loop;
    private final List<DocumentId> documents;
    private final List<LoadClient> all = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private List<LoadClient> coming = List.of();
    private int begun;
    private int over;

    People(LoadPlan plan, Load.Doors doors, RandomGenerator random, LoadLoop loop) {
        this.plan = plan;
        this.doors = doors;
        this.random = random;
        this.loop = loop;
        this.documents = IntStream.range(0, plan.allDocuments())
                .mapToObj(doors::document)
                .toList();
        for (int i = 0; i < plan.allPeople(); i++) {
            all.add(person(i));
        }
    }

    private LoadClient person(int number) {
        var document = documents.get(plan.document(number));
        return new LoadClient(
                number, loop, plan.relay(number), doors.token(number, document), DeviceId.random(random), document);
    }

    List<LoadClient> all() {
        return all;
    }

    /// Why connections broke.
    List<String> lost() {
        return lost;
    }

    // --- coming in

    /// So many at a time, until all are there or lost.
    ///
    /// @throws LoadException  where they do not come in
    void comeIn(List<LoadClient> who) {
        coming = who;
        begun = 0;
        over = 0;
        int lostBefore = lost.size();
        startMore();
        boolean all = loop.run(() -> over == coming.size(), System.nanoTime() + JOINED_WITHIN.toNanos());
        int arrived = over - (lost.size() - lostBefore);
        if (!all || arrived == 0) {
            throw new LoadException("Only " + arrived + " of " + who.size() + " came in"
                    + lost.stream().findFirst().map(why -> ", for one: " + why).orElse("") + ".");
        }
    }

    private void startMore() {
        while (begun < coming.size() && begun - over < JOINING_AT_ONCE) {
            coming.get(begun++).start(this);
        }
    }

    @Override
    public void joined(LoadClient client, long nanos) {
        over++;
        startMore();
    }

    @Override
    public void lost(LoadClient client, LoadClient.Lost how) {
        lost.add(how.why());
        if (!client.hasJoined()) {
            over++;
            startMore();
        }
    }

    /// Gives documents that are empty their text: the first person of each writes it.
    void fill() {
        String text = FILLING.repeat(plan.characters() / FILLING.length() + 1).substring(0, plan.characters());
        for (var client : firsts()) {
            if (client.isLive() && !text.isEmpty() && client.session().shown().length() == 1) {
                client.edit(insert(client, 0, text), Optional.empty());
            }
        }
        var _ = settle();
    }

    static Change insert(LoadClient client, int position, String text) {
        var stamp = Attributes.of(Schema.AUTHOR, new Value.Text(client.person().hex()));
        return Change.of(Delta.replacement(client.session().shown().length(), position, 0, text, stamp));
    }

    /// One of each document.
    private List<LoadClient> firsts() {
        var firsts = new HashMap<DocumentId, LoadClient>();
        all.forEach(client -> firsts.putIfAbsent(client.document(), client));
        return List.copyOf(firsts.values());
    }

    void hangUp() {
        all.forEach(LoadClient::close);
    }

    // --- what they have

    /// Waits until nobody has anything unsaved and all have the newest; answers whether that came to
    /// pass.
    boolean settle() {
        return loop.runLooking(this::isSettled, System.nanoTime() + SETTLED_WITHIN.toNanos());
    }

    private boolean isSettled() {
        Map<DocumentId, Long> newest = new HashMap<>();
        for (var client : all) {
            if (client.isLive()) {
                newest.merge(client.document(), client.session().revision().number(), Math::max);
            }
        }
        return all.stream()
                .filter(LoadClient::isLive)
                .allMatch(client -> client.session().isQuiet()
                        && client.session().revision().number() == newest.getOrDefault(client.document(), 0L));
    }

    /// Whether all of a document have one text, and somebody new, who joins each, as well.
    boolean agree() {
        if (!haveEqualTexts(all)) {
            return false;
        }
        var newcomers = firsts().stream()
                .map(client -> new LoadClient(
                        client.number(),
                        loop,
                        plan.relay(client.number()),
                        doors.token(client.number(), client.document()),
                        DeviceId.random(random),
                        client.document()))
                .toList();
        comeIn(newcomers);
        var everybody = new ArrayList<>(all);
        everybody.addAll(newcomers);
        boolean agreed = newcomers.stream().allMatch(LoadClient::isLive) && haveEqualTexts(everybody);
        newcomers.forEach(LoadClient::close);
        return agreed;
    }

    private static boolean haveEqualTexts(List<LoadClient> clients) {
        Map<DocumentId, String> texts = new HashMap<>();
        for (var client : clients) {
            if (client.isLive()) {
                String text = client.session().shown().text().plain();
                if (!texts.computeIfAbsent(client.document(), _ -> text).equals(text)) {
                    return false;
                }
            }
        }
        return true;
    }
}
