package coscribe.ot.session;

import java.util.List;

/// What an event leads to.
public record Step(Session session, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }
}
