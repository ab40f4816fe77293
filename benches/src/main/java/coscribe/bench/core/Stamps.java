package coscribe.bench.core;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.PersonId;

/// The people of the benches, and the stamps that their text carries.
final class Stamps {
    private Stamps() {}

    static PersonId person(int agent) {
        return new PersonId(Integer.toHexString(agent + 10).repeat(32));
    }

    static Attributes of(int agent) {
        return Attributes.of(Schema.AUTHOR, new Value.Text(person(agent).hex()));
    }
}
