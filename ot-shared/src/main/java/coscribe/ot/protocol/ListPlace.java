package coscribe.ot.protocol;

/// A place in a person's list of documents: behind the document that was used then. Of documents
/// used in the same millisecond those with the greater ids come first.
public record ListPlace(long usedAtMillis, DocumentId document) {}
