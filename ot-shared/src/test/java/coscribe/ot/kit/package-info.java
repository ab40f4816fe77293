/// This room knows how the core is put to the test: seeded generators that collide, a model of a
/// document too simple to be wrong, a notation in which changes read at a glance, and the
/// recorded sessions of real people.
///
/// It goes into the module's test jar, so the relay's tests and the benches use the same.
@NullMarked
package coscribe.ot.kit;

import org.jspecify.annotations.NullMarked;
