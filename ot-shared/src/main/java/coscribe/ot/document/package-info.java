/// This room knows what a text is: an immutable run of formatted characters that ends in a newline,
/// the comment threads beside it, what may change in it, and the canonical form by which two copies
/// are compared.
@NullMarked
@CheckReturnValue
package coscribe.ot.document;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
