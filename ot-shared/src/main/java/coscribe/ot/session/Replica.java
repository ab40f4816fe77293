package coscribe.ot.session;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Revision;

/// The confirmed document: what the relay has at `revision`.
record Replica(Epoch epoch, Revision revision, Document document) {}
