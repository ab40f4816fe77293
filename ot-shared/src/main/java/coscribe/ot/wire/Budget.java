package coscribe.ot.wire;

import coscribe.ot.protocol.Limits;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much one message may hold before its reader gives up. Made for one message.
final class Budget {
    private static final int MOST_FIELDS = 64;
    private static final int MOST_SKIPPED_NAMES = 1_000;
    private static final int MOST_NAMES = 10_000;

    private final boolean relays;
    private int skippedNames;
    private @Nullable Map<String, String> names;

    private Budget(boolean relays) {
        this.relays = relays;
    }

    /// For what editors send.
    static Budget ofEditors() {
        return new Budget(false);
    }

    /// For what relays send and disks keep: bounded by its frame or file alone.
    static Budget ofRelays() {
        return new Budget(true);
    }

    /// Whether what only relays say is understood; else it is passed over.
    boolean relays() {
        return relays;
    }

    /// Components of one delta, the plain retain at its end included.
    int components() {
        return relays ? Integer.MAX_VALUE : Limits.SUBMISSION_COMPONENTS + 1;
    }

    /// Events of one change.
    int events() {
        return relays ? Integer.MAX_VALUE : Limits.SUBMISSION_EVENTS;
    }

    /// Attributes of one component.
    int attributes() {
        return relays ? Integer.MAX_VALUE : Limits.COMPONENT_ATTRIBUTES;
    }

    /// Fields of one object that is no set of attributes.
    int fields() {
        return MOST_FIELDS;
    }

    /// A name inside something that is passed over.
    void skipName() {
        if (++skippedNames > MOST_SKIPPED_NAMES) {
            throw new MalformedMessageException("Too much of the message is unknown.");
        }
    }

    /// The name of an attribute, one object for all that are equal: a change names few, many times.
    String name(String read) {
        var known = names;
        if (known == null) {
            known = new HashMap<>();
            names = known;
        }
        var first = known.putIfAbsent(read, read);
        if (first != null) {
            return first;
        }
        if (!relays && known.size() > MOST_NAMES) {
            throw new MalformedMessageException("The change names more than " + MOST_NAMES + " attributes.");
        }
        return Json.requireWholePairs(read);
    }
}
