package coscribe.desktop.viewmodel;

import coscribe.client.link.LinkLoss;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands behind the status line: why, what is known, and what can be done.
///
/// @param sentence  why it is so, for people
/// @param facts     in the order in which they are read
/// @param action    what helps, where something does
public record StatusDetails(String sentence, List<Fact> facts, Optional<Action> action) {
    /// A name and a value.
    public record Fact(String name, String value) {}

    /// What a writer can do about it.
    public enum Action {
        TRY_NOW("details.tryNow"),
        SIGN_IN("details.signIn"),
        GO_ONLINE("details.goOnline"),
        REQUEST_ACCESS("details.requestAccess");

        private final String key;

        Action(String key) {
            this.key = key;
        }

        public String label(Strings strings) {
            return strings.get(key);
        }
    }

    /// What does not change while a document is open.
    ///
    /// @param account  what this person is called at the server
    /// @param server   as people read its address
    /// @param version  of this app
    /// @param copy     where the copy on this computer is kept
    public record Surroundings(String account, String server, String version, String copy, ZoneId zone) {}

    public StatusDetails {
        facts = List.copyOf(facts);
    }

    public static StatusDetails of(Rank rank, Status status, Surroundings around, Strings strings) {
        return new Writer(rank, status, around, strings).written();
    }

    private record Writer(Rank rank, Status status, Surroundings around, Strings strings) {
        StatusDetails written() {
            return new StatusDetails(sentence(), facts(), action());
        }

        private String sentence() {
            String key = why();
            String otherwise = key + ".memory";
            return strings.get(StatusLine.isDiskAway(status) && strings.has(otherwise) ? otherwise : key);
        }

        private String why() {
            return switch (rank) {
                case SIGNED_OUT -> "details.why.signedOut";
                case READ_ONLY -> readOnly();
                case OFFLINE ->
                    status.contact() instanceof Contact.Offline ? "details.why.offline.asked" : "details.why.offline";
                case RECONNECTING ->
                    status.lastContact().isPresent() ? "details.why.reconnecting" : "details.why.connecting";
                case SAVING -> "details.why.saving";
                case SAVED -> saved();
                case CONNECTED -> "details.why.connected";
            };
        }

        private String readOnly() {
            if (status.contact() instanceof Contact.Stopped) {
                return "details.why.stopped";
            }
            if (status.contact() instanceof Contact.Full) {
                return "details.why.full";
            }
            return status.role() == Role.COMMENTER ? "details.why.commenter" : "details.why.viewer";
        }

        private String saved() {
            return switch (status.durability().orElse(Durability.STRICT)) {
                case STRICT -> "details.why.saved.strict";
                case RELAXED -> "details.why.saved.relaxed";
                case VOLATILE -> "details.why.saved.volatile";
            };
        }

        private List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            if (rank == Rank.SIGNED_OUT) {
                fact(facts, "details.account", around.account());
            }
            fact(facts, "details.server", around.server());
            switch (rank) {
                case OFFLINE, RECONNECTING -> away(facts);
                case SAVING, SAVED, CONNECTED -> near(facts);
                case SIGNED_OUT, READ_ONLY -> {}
            }
            fact(facts, "details.version", around.version());
            return facts;
        }

        private void away(List<Fact> facts) {
            attempt().ifPresent(number -> fact(facts, "details.attempt", strings.get("number", number)));
            cause().ifPresent(words -> fact(facts, "details.cause", words));
            fact(
                    facts,
                    "details.lastContact",
                    status.lastContact()
                            .map(at -> strings.time(at, around.zone()))
                            .orElseGet(() -> strings.get("details.lastContact.never")));
            fact(
                    facts,
                    "details.copy",
                    StatusLine.isDiskAway(status) ? strings.get("details.copy.behind", around.copy()) : around.copy());
        }

        private void near(List<Fact> facts) {
            if (status.unsaved() > 0) {
                fact(facts, "details.inFlight", strings.count("details.inFlight.value", status.unsaved()));
            }
            status.roundTrip()
                    .ifPresent(took ->
                            fact(facts, "details.roundTrip", strings.get("details.roundTrip.value", millis(took))));
            status.merged()
                    .ifPresent(merged -> fact(
                            facts,
                            "details.merged.name",
                            strings.get(
                                    "details.merged",
                                    strings.count("details.merged.sent", merged.sent()),
                                    strings.count("details.merged.added", merged.added()))));
        }

        private void fact(List<Fact> facts, String key, String value) {
            facts.add(new Fact(strings.get(key), value));
        }

        private static long millis(Duration took) {
            return Math.max(1, took.toMillis());
        }

        private Optional<Integer> attempt() {
            return switch (status.contact()) {
                case Contact.Waiting(int attempts, var _, var _) -> Optional.of(Math.max(1, attempts));
                case Contact.Connecting(int attempts) -> Optional.of(attempts + 1);
                default -> Optional.empty();
            };
        }

        private Optional<String> cause() {
            return status.contact() instanceof Contact.Waiting(int _, var _, var loss)
                    ? loss.map(this::cause)
                    : Optional.empty();
        }

        private String cause(LinkLoss loss) {
            return switch (loss) {
                case LinkLoss.Unreachable(var trouble, var _, var about) ->
                    strings.get(
                            switch (trouble) {
                                case UNKNOWN_HOST -> "details.cause.unknownHost";
                                case NO_ANSWER -> "details.cause.noAnswer";
                                case CERTIFICATE ->
                                    about.isEmpty() ? "details.cause.certificate" : "details.cause.issuer";
                                case CERTIFICATE_NAME -> "details.cause.certificateName";
                                case CERTIFICATE_TIME -> "details.cause.certificateTime";
                                case NOT_ENCRYPTED -> "details.cause.notEncrypted";
                                case PROXY_SIGN_IN -> "details.cause.proxySignIn";
                                case PROXY -> "details.cause.proxy";
                                case PROXY_AWAY -> "details.cause.proxyAway";
                                case NO_WEBSOCKET -> "details.cause.noWebSocket";
                                case NOT_ALLOWED -> "details.cause.notAllowed";
                            },
                            about);
                case LinkLoss.Closed(int code, var _) ->
                    code == CloseReason.RESTARTING.code()
                            ? strings.get("details.cause.restart")
                            : strings.get("details.cause.closed", String.valueOf(code));
                case LinkLoss.Silent(var _) -> strings.get("details.cause.silent");
                case LinkLoss.SignedOut(var _) -> strings.get("details.cause.signedOut");
                case LinkLoss.Ended(var _) -> strings.get("details.cause.ended");
            };
        }

        private Optional<Action> action() {
            return switch (rank) {
                case SIGNED_OUT -> Optional.of(Action.SIGN_IN);
                case OFFLINE ->
                    Optional.of(status.contact() instanceof Contact.Offline ? Action.GO_ONLINE : Action.TRY_NOW);
                case RECONNECTING -> Optional.of(Action.TRY_NOW);
                case READ_ONLY ->
                    status.contact() instanceof Contact.Stopped || status.contact() instanceof Contact.Full
                            ? Optional.empty()
                            : Optional.of(Action.REQUEST_ACCESS);
                case SAVING, SAVED, CONNECTED -> Optional.empty();
            };
        }
    }
}
