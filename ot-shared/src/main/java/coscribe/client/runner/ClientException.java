package coscribe.client.runner;

import coscribe.client.link.LinkLoss;
import coscribe.ot.protocol.FailureCode;
import java.util.Optional;

/// What was asked for could not be had. The message is a sentence for people.
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Optional<FailureCode> code;
    private final transient Optional<LinkLoss> loss;

    public ClientException(String sentence) {
        super(sentence);
        this.code = Optional.empty();
        this.loss = Optional.empty();
    }

    /// The relay said no.
    public ClientException(FailureCode code, String sentence) {
        super(sentence);
        this.code = Optional.of(code);
        this.loss = Optional.empty();
    }

    /// The relay was not reached, or was lost.
    public ClientException(LinkLoss loss) {
        super(loss.sentence());
        this.code = Optional.empty();
        this.loss = Optional.of(loss);
    }

    /// The relay's answer; empty: it gave none.
    public Optional<FailureCode> code() {
        return code;
    }

    /// How the connection ended, where that is the reason.
    public Optional<LinkLoss> loss() {
        return loss;
    }
}
