package coscribe.client;

import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.RelayId;

/// A relay at which somebody signed in from this computer.
///
/// @param person  who one is there
public record KnownRelay(RelayAddress address, RelayId relay, Person person) {}
