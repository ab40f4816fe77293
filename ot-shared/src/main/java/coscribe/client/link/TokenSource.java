package coscribe.client.link;

import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where a connection gets its right to be let in. One source serves all connections to a relay:
/// a credential that is good only once is handed to one of them at a time.
public interface TokenSource {
    DeviceId device();

    /// What to sign in with, or to renew with, now. Completes when a credential is free; fails with
    /// {@link SignedOutException} where there is none. Every ticket must be answered.
    CompletionStage<Ticket> next();

    /// A credential, and the duty to tell what became of it.
    interface Ticket {
        Credential credential();

        /// The relay accepted it. Returns when everything that must outlive this process is on
        /// disk; nothing that came with the answer may be used before. May block.
        void accepted(ServerMessage.Welcome welcome);

        /// The relay accepted it for a connection that stood already. As above.
        void renewed(Optional<ServerMessage.Tokens> tokens, long expiresAtMillis);

        /// The relay did not accept it. Answers whether there is another one to try.
        boolean refused(FailureCode code);

        /// No answer came.
        void unanswered();
    }

    /// Nothing is left to sign in with. The message is a sentence for people.
    final class SignedOutException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String sentence;

        public SignedOutException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }
}
