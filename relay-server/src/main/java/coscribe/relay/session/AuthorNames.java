package coscribe.relay.session;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.sequencing.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What people are called who wrote in a document and are away, so that who is here can be told.
/// Nobody waits for it: each name is looked up once, a moment after somebody came in, one after the
/// other. Lives in the document's lane.
final class AuthorNames {
    static final int MOST = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Names names;
    private final Lane lane;
    private final Timers timers;
    private final Consumer<List<Person>> news;
    private final Map<PersonId, Person> known = new HashMap<>();
    private final Map<PersonId, PaletteSlot> slots = new HashMap<>(); // as they were seen here
    private final Set<PersonId> asked = new HashSet<>();

    /// @param news  told in the lane what was found
    AuthorNames(Names names, Lane lane, Timers timers, Consumer<List<Person>> news) {
        this.names = names;
        this.lane = lane;
        this.timers = timers;
        this.news = news;
    }

    /// Somebody is seen here, as they look in this document.
    void met(Person person) {
        if (slots.size() < MOST || slots.containsKey(person.id())) {
            slots.put(person.id(), person.slot());
        }
    }

    /// What is known of those of them who are not here.
    List<Person> of(Set<PersonId> authors, Set<PersonId> here) {
        return known.values().stream()
                .filter(person -> authors.contains(person.id()) && !here.contains(person.id()))
                .map(this::asSeen)
                .toList();
    }

    private Person asSeen(Person person) {
        return new Person(person.id(), person.name(), slots.getOrDefault(person.id(), person.slot()));
    }

    /// Finds out about those of them who are not here and were not asked about before.
    void lookUp(Set<PersonId> authors, Set<PersonId> here) {
        var wanted = new ArrayList<PersonId>();
        for (PersonId author : authors) {
            if (!here.contains(author) && asked.size() < MOST && asked.add(author)) {
                wanted.add(author);
            }
        }
        if (!wanted.isEmpty() && names != Names.NONE) {
            timers.after(PAUSE, () -> ask(wanted));
        }
    }

    private void ask(List<PersonId> wanted) {
        var found = new ArrayList<Person>(); // touched by one answer after the other
        CompletionStage<?> all = CompletableFuture.completedFuture(true);
        for (PersonId author : wanted) {
            all = all.thenCompose(_ -> names.of(author)).thenAccept(person -> person.ifPresent(found::add));
        }
        // Without the store some names are missing until everybody left; nothing depends on them.
        all.exceptionally(failure -> null)
                .thenAccept(_ -> lane.run(() -> {
                    found.forEach(person -> known.put(person.id(), person));
                    if (!found.isEmpty()) {
                        news.accept(found.stream().map(this::asSeen).toList());
                    }
                }));
    }
}
