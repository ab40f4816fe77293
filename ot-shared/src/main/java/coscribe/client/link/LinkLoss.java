package coscribe.client.link;

/// How a connection ended.
public sealed interface LinkLoss {
    /// It was never made.
    ///
    /// @param sentence  what happened, for people
    /// @param about     what it is about beside the relay: who issued the certificate, or which
    ///     proxy; may be empty
    record Unreachable(Trouble trouble, String sentence, String about) implements LinkLoss {
        public Unreachable(Trouble trouble, String sentence) {
            this(trouble, sentence, "");
        }
    }

    /// The other end closed it, with a WebSocket close code (1006: without a word).
    record Closed(int code, String reason) implements LinkLoss {}

    /// The relay did not answer in time, or the network took nothing.
    record Silent(String sentence) implements LinkLoss {}

    /// There is nothing left to sign in with.
    record SignedOut(String sentence) implements LinkLoss {}

    /// This end closed it.
    record Ended(String why) implements LinkLoss {}

    /// What stood in the way.
    enum Trouble {
        UNKNOWN_HOST,
        /// Nobody listens there, or no way leads there.
        NO_ANSWER,
        /// Nobody here knows who issued the relay's certificate.
        CERTIFICATE,
        /// The relay's certificate is for another name.
        CERTIFICATE_NAME,
        /// The time of the relay's certificate is over, or has not come.
        CERTIFICATE_TIME,
        /// What listens there does not speak TLS.
        NOT_ENCRYPTED,
        /// The proxy wants to know who asks, or does not take the name and password that it got.
        PROXY_SIGN_IN,
        /// The proxy does not let this through.
        PROXY,
        /// The proxy does not answer.
        PROXY_AWAY,
        /// Something answered, but it is no relay, or something between does not let WebSocket
        /// through.
        NO_WEBSOCKET,
        /// Whoever runs this computer does not allow this relay; nothing was sent.
        NOT_ALLOWED
    }

    /// For the log and for details shown to people.
    default String sentence() {
        return switch (this) {
            case Unreachable(var _, var sentence, var _) -> sentence;
            case Closed(int code, var reason) -> "The relay closed the connection (" + code + " " + reason + ").";
            case Silent(var sentence) -> sentence;
            case SignedOut(var sentence) -> sentence;
            case Ended(var why) -> "The connection was closed here: " + why + ".";
        };
    }
}
