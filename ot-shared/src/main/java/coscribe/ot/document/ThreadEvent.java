package coscribe.ot.document;

/// Something that happened to a comment thread. Events travel in the log beside the text's change;
/// their order is the log's order. The anchor is not here: it is the inline attribute
/// `comment:<thread>` in the text.
///
/// Every event says who (`author`, checked by the relay against the token) and when (`atMillis`
/// since 1970 by the writer's clock; informational). Ids are 32 lower-case hex digits. An event
/// that no longer fits (a reply to a deleted thread) is kept in the log and changes nothing.
public sealed interface ThreadEvent {
    /// Longest comment, in UTF-16 units.
    int MAX_COMMENT = 10_000;

    String thread();

    String author();

    long atMillis();

    /// What is said with it; empty where nothing is.
    default String text() {
        return "";
    }

    record Opened(String thread, String comment, String author, long atMillis, String text) implements ThreadEvent {}

    record Replied(String thread, String comment, String author, long atMillis, String text) implements ThreadEvent {}

    /// Only a comment's own author may edit it; anybody else's attempt changes nothing.
    record Edited(String thread, String comment, String author, long atMillis, String text) implements ThreadEvent {}

    record Resolved(String thread, String author, long atMillis) implements ThreadEvent {}

    record Reopened(String thread, String author, long atMillis) implements ThreadEvent {}

    record Deleted(String thread, String author, long atMillis) implements ThreadEvent {}
}
