package coscribe.relay.session;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// What one person may ask of this relay, over all their connections and from wherever they come: a
/// bucket for each kind of thing, and a bound of the documents that they have open. Thread-safe.
final class Budgets {
    private final Pace messages;
    private final Pace units;
    private final Pace work;
    private final Pace joins;
    private final Pace lists;
    private final ConcurrentMap<PersonId, Map<DocumentId, Integer>> open = new ConcurrentHashMap<>();

    /// Somebody in a document, or on the way into it; until {@link #end}, which may be called again.
    interface Stay {
        void end();
    }

    Budgets(InstantSource clock) {
        messages = Pace.eachSecond(clock, Limits.MESSAGES_AT_ONCE, Limits.MESSAGES_EACH_SECOND);
        units = Pace.eachSecond(clock, Limits.MESSAGE_UNITS_AT_ONCE, Limits.MESSAGE_UNITS_EACH_SECOND);
        work = Pace.eachSecond(clock, Limits.WORK_AT_ONCE, Limits.WORK_EACH_SECOND);
        joins = Pace.eachSecond(clock, Limits.JOINS_AT_ONCE, Limits.JOINS_EACH_SECOND);
        lists = new Pace(clock, Limits.LIST_PAGES, Limits.LIST_PAGE_EVERY);
    }

    /// A message of so many UTF-16 units.
    Pace.Turn message(PersonId person, int length) {
        return later(messages.take(person), () -> units.take(person, length));
    }

    /// A submission's components times the commits that it has to cross.
    Pace.Turn work(PersonId person, long steps) {
        return work.take(person, steps);
    }

    Pace.Turn join(PersonId person) {
        return joins.take(person);
    }

    /// A page of their list of documents.
    Pace.Turn list(PersonId person) {
        return lists.take(person);
    }

    private static Pace.Turn later(Pace.Turn one, Supplier<Pace.Turn> next) {
        if (!(one instanceof Pace.Turn.After(Duration wait))) {
            return one;
        }
        var other = next.get();
        return other instanceof Pace.Turn.After(Duration longer) && longer.compareTo(wait) < 0 ? one : other;
    }

    /// Notes that this person is in a document; empty where they have as many open as anybody may.
    Optional<Stay> enter(PersonId person, DocumentId document) {
        var entered = new AtomicBoolean();
        open.compute(person, (_, before) -> {
            var now = before == null ? new HashMap<DocumentId, Integer>() : before;
            if (now.containsKey(document) || now.size() < Limits.DOCUMENTS_OPEN) {
                now.merge(document, 1, Integer::sum);
                entered.set(true);
            }
            return now;
        });
        return entered.get() ? Optional.of(stay(person, document)) : Optional.empty();
    }

    private Stay stay(PersonId person, DocumentId document) {
        var ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                open.computeIfPresent(person, (_, now) -> {
                    now.computeIfPresent(document, (_, windows) -> windows == 1 ? null : windows - 1);
                    return now.isEmpty() ? null : now;
                });
            }
        };
    }

    /// How many people have something open.
    int inside() {
        return open.size();
    }
}
