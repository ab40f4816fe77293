package coscribe.client.runner;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.PersonId;

/// Marks text with who wrote it. The relay accepts a writer's edit only if all text in it is marked
/// as that writer's.
final class Stamps {
    private Stamps() {}

    static Attributes of(PersonId person) {
        return Attributes.of(Schema.AUTHOR, Value.of(person.hex()));
    }

    /// The change with the writer's mark on all text that has none. What already has one keeps it.
    static Delta on(Delta delta, PersonId person) {
        var out = Delta.builder();
        delta.forEach(new Delta.Visitor() {
            @Override
            public void retain(int length, Attributes set) {
                out.retain(length, set);
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                out.insert(
                        source,
                        from,
                        to,
                        set.has(Schema.AUTHOR) ? set : set.with(Schema.AUTHOR, Value.of(person.hex())));
            }

            @Override
            public void delete(int length) {
                out.delete(length);
            }
        });
        return out.build(delta.baseLength());
    }
}
