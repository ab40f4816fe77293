package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;

/// One commit that is to be appended.
///
/// @param needs  the least role that may make this change
/// @param bytes  the encoded `Committed`, with the revision it will have if the head is as expected
/// @param chain  the chain hash after it
public record Entry(ClientId client, long seq, PersonId author, Role needs, byte[] bytes, ChainHash chain) {}
