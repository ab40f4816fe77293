/// A journal in a file: what its bytes are, and how they get onto a disk and back.
@NullMarked
@CheckReturnValue
package coscribe.client.journal.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
