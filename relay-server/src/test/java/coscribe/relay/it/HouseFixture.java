package coscribe.relay.it;

import coscribe.ot.protocol.DocumentId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A relay, and Mara, who has a document in it.
abstract class HouseFixture {
    @TempDir
    Path folder;

    House house;
    Caller mara;
    DocumentId plan;

    @BeforeEach
    void openHouse() throws IOException {
        house = House.in(folder);
        mara = house.caller("Mara");
        plan = mara.create("Plan");
    }
}
