package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;

/// Names of a document's keys. They share a hash tag, so that a cluster keeps them on one node.
record DocumentKeys(String stem) {
    DocumentKeys(DocumentId document) {
        this("cs:{" + document.hex() + "}:");
    }

    /// Hash: epoch, revision, chain, title, acl (its version), base (up to it the log is in
    /// segments).
    byte[] head() {
        return Words.bytes(stem + "head");
    }

    /// Hash: revision to {@link Records}.
    byte[] log() {
        return Words.bytes(stem + "log");
    }

    /// Hash: number of the segment to {@link Segment}.
    byte[] segments() {
        return Words.bytes(stem + "segments");
    }

    /// Hash: revision, chain, sum (SHA-256 of bytes), bytes.
    byte[] snapshot() {
        return Words.bytes(stem + "snapshot");
    }

    /// Hash: client id to `state person device seq revision seconds`.
    byte[] clients() {
        return Words.bytes(stem + "clients");
    }

    /// Hash: person to role.
    byte[] acl() {
        return Words.bytes(stem + "acl");
    }

    /// Hash: author to first revision.
    byte[] people() {
        return Words.bytes(stem + "people");
    }

    /// String: the relay that has the turn; expires.
    byte[] turn() {
        return Words.bytes(stem + "turn");
    }

    /// Hash: client id to `expiry in ms:record`; expires.
    byte[] presence() {
        return Words.bytes(stem + "presence");
    }

    /// Hash: person to `colour shape expiry in ms`; expires.
    byte[] seats() {
        return Words.bytes(stem + "seats");
    }

    byte[] channel() {
        return Words.bytes(stem + "ch");
    }
}
