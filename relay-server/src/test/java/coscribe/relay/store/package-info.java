/// What every store must do, as contracts; an implementation's test is a subclass of a few lines.
@NullMarked
package coscribe.relay.store;

import org.jspecify.annotations.NullMarked;
