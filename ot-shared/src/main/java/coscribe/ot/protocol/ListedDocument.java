package coscribe.ot.protocol;

/// A document as a person's list shows it.
///
/// @param role          what the person may do in it
/// @param usedAtMillis  when this person made or entered it last, on any computer; milliseconds
///     since 1970
public record ListedDocument(DocumentId document, String title, Role role, long usedAtMillis) {}
