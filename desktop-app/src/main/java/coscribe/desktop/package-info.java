/// The editor's window. Empty so far: the headless client in `coscribe.client` is what it will
/// stand on.
@NullMarked
@CheckReturnValue
package coscribe.desktop;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
