/// Whether anything that was saved is lost while machines, networks and stores fail: real relays and
/// a real Redis in processes of their own, our own bad network between them, and the product's
/// client typing all the while.
@NullMarked
@CheckReturnValue
package coscribe.bench.faults;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
