package coscribe.client.link;

/// How a connection ended.
public sealed interface LinkLoss {
    /// It was never made.
    ///
    /// @param sentence  what happened, for people
    record Unreachable(Trouble trouble, String sentence) implements LinkLoss {}

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
        /// The relay's certificate is not trusted here, or not made for its name.
        CERTIFICATE,
        /// What listens there does not speak TLS.
        NOT_ENCRYPTED,
        /// The proxy wants to know who asks, or does not let this through.
        PROXY,
        /// Something answered, but it is no relay, or something between does not let WebSocket
        /// through.
        NO_WEBSOCKET
    }

    /// For the log and for details shown to people.
    default String sentence() {
        return switch (this) {
            case Unreachable(var ignored, var sentence) -> sentence;
            case Closed(int code, var reason) -> "The relay closed the connection (" + code + " " + reason + ").";
            case Silent(var sentence) -> sentence;
            case SignedOut(var sentence) -> sentence;
            case Ended(var why) -> "The connection was closed here: " + why + ".";
        };
    }
}
