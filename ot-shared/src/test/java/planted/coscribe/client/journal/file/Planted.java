package planted.coscribe.client.journal.file;

/// An adapter that only a root may know.
public record Planted(int nothing) {}
