package coscribe.client.runner;

import coscribe.client.VirtualTime;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.PersonId;
import java.util.List;

/// Mara at a document, Jon beside her, and a relay in virtual time.
abstract class DocumentClientFixture {
    static final PersonId JON = new PersonId("22".repeat(16));
    final VirtualTime time = new VirtualTime();
    final TinyRelay relay = new TinyRelay(time);
    final Desk mara = new Desk(time, relay, "11");

    void jonWrites(String text) {
        relay.commit(JON, Change.of(Delta.builder().insert(text, Stamps.of(JON)).build(relay.text.length())));
        time.settle();
    }

    String relayText() {
        String plain = relay.text.text().plain();
        return plain.substring(0, plain.length() - 1);
    }

    static <T extends ClientMessage> List<T> said(TinyRelay relay, Class<T> kind) {
        return relay.heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
