/// The simulation: production sessions, relays and a store on one seeded scheduler, with everything
/// that can go wrong.
@NullMarked
package coscribe.relay.simulation;

import org.jspecify.annotations.NullMarked;
