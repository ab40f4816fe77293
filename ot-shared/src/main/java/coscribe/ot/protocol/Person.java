package coscribe.ot.protocol;

import coscribe.ot.presence.PaletteSlot;

/// Somebody as others see them. `name`: at most 64 units, no control or direction characters; from
/// the relay's accounts.
public record Person(PersonId id, String name, PaletteSlot slot) {}
