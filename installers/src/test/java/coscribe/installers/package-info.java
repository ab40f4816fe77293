/// What packages are made of holds together. The packages themselves are tried by
/// `installers/try/linux`, which takes longer than a test may.
@NullMarked
package coscribe.installers;

import org.jspecify.annotations.NullMarked;
