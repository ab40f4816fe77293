package coscribe.ot.document;

/// A chunk and where it lies in a text.
///
/// @param block  which block holds it
/// @param chunk  which of the block's chunks it is
/// @param start  where it begins in the text, in units
/// @param end    where it ends
record Place(int block, int chunk, int start, int end) {
    /// The same place after its chunk grew.
    Place stretched(int units) {
        return units == 0 ? this : new Place(block, chunk, start, end + units);
    }

    int units() {
        return end - start;
    }
}
