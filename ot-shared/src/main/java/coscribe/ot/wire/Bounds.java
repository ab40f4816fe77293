package coscribe.ot.wire;

import coscribe.ot.protocol.Limits;

/// How much of each kind a reader takes before it gives up.
///
/// @param components  of one delta, the plain retain at its end included
/// @param events      of one change
/// @param attributes  of one component
/// @param fields      of one object that is neither a set of attributes nor unknown
record Bounds(int components, int events, int attributes, int fields) {
    /// For what editors send.
    static final Bounds OF_CLIENTS =
            new Bounds(Limits.SUBMISSION_COMPONENTS + 1, Limits.SUBMISSION_EVENTS, Limits.COMPONENT_ATTRIBUTES, 64);

    /// For what relays send and disks keep: bounded by its frame or file alone.
    static final Bounds OF_RELAYS = new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 64);
}
