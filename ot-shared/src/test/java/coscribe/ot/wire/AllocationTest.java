package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import coscribe.ot.protocol.Limits;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a frame of the largest size costs in heap, whatever stands in it: law 11's bound. Counted
/// is all that was ever allocated on the way, garbage included, so the peak is lower.
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /// Jackson's buffers, which it keeps for the next message.
    private static final long ALWAYS = 512 * 1024;
    private static final int TIMES_THE_FRAME = 8;

    static Stream<Map.Entry<String, String>> frames() {
        var frames = new LinkedHashMap<String, String>();
        frames.put("one string", filled("{\"t\":\"create\",\"title\":\"", "x", ""));
        frames.put(
                "wide strings",
                filled("{\"t\":\"create\",\"x\":[\"\"", ",\"" + "\u4e2d".repeat(50) + "x".repeat(100) + "\"", ""));
        frames.put("escapes", filled("{\"t\":\"create\",\"x\":[\"\"", ",\"" + "\\u4e2d".repeat(500) + "\"", ""));
        frames.put("components", filled(submit("[1"), ",-1,1", ""));
        frames.put("inserts", filled(submit("[1"), ",\"a\",-1", ""));
        frames.put("attributes", filled(submit("[1"), ",[\"a\",{\"a\":1}],[\"a\",{\"b\":1}]", ""));
        frames.put("numbered attributes", numbered(submit("[1"), ",[\"a\",{\"", "\":true}]"));
        frames.put("hundreds of attributes", hundreds());
        frames.put("many attributes of one component", numbered(submit("[[1,{\"x\":1"), ",\"", "\":1"));
        frames.put("fields", numbered("{\"t\":\"ping\",\"number\":7", ",\"", "\":1"));
        frames.put("skipped fields", numbered("{\"t\":\"ping\",\"number\":7,\"new\":{\"a\":1", ",\"", "\":1"));
        frames.put("skipped objects", numbered("{\"t\":\"ping\",\"number\":7,\"new\":[1", ",{\"", "\":1}"));
        frames.put("events", filled(submit("[1],\"events\":[{}"), ",{}", ""));
        frames.put("threads", filled("{\"t\":\"ping\",\"threads\":[[\"\",true,[]]", ",[\"a\",true,[]]", ""));
        frames.put("members", filled("{\"t\":\"ping\",\"members\":[{}", ",{}", ""));
        frames.put("ids", filled("{\"t\":\"ping\",\"gone\":[\"\"", ",\"\"", ""));
        frames.put("nesting", filled("", "[", ""));
        frames.put("white space", filled("{", " ", ""));
        frames.put("digits", filled("{\"t\":\"ping\",\"number\":1", "0", ""));
        return frames.entrySet().stream();
    }

    private static String submit(String delta) {
        return "{\"t\":\"submit\",\"seq\":1,\"base\":0,\"intent\":\"edit\",\"delta\":" + delta;
    }

    private static String filled(String start, String more, String end) {
        return start + more.repeat((Limits.FRAME_BYTES / 2 - start.length() - end.length()) / more.length()) + end;
    }

    private static String numbered(String start, String before, String after) {
        var text = new StringBuilder(start);
        for (int i = 0; text.length() < Limits.FRAME_BYTES / 2; i++) {
            text.append(before).append(Integer.toString(i, 36)).append(after);
        }
        return text.toString();
    }

    private static String hundreds() {
        var text = new StringBuilder(submit("[1"));
        for (int i = 0; text.length() < Limits.FRAME_BYTES / 2; i++) {
            text.append(i % 200 == 0 ? i == 0 ? ",[\"x\",{" : "}],[\"x\",{" : ",");
            text.append('"').append(Integer.toString(i, 36)).append("\":1");
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void a_frame_costs_a_few_times_its_size(Map.Entry<String, String> frame) {
        byte[] bytes = frame.getValue().getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isBetween(Limits.FRAME_BYTES / 4, Limits.FRAME_BYTES);
        decode(bytes); // Jackson's buffers are there after the first time
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decode(bytes);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(TIMES_THE_FRAME * (long) bytes.length + ALWAYS);
    }

    private static void decode(byte[] bytes) {
        try {
            assertThat(Wire.decodeClient(bytes)).isNotNull();
        } catch (MalformedMessageException expected) {
            // most of them; what it cost is the question
        }
    }
}
