package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class BlockRuleTest {
    private static final int ROW_BYTES = 30;

    /** The numbers of the rows, from 1, after which a block ends. */
    private static List<Integer> ends(int rows, int rowBytes, boolean keyed, IntUnaryOperator hashes) {
        List<Integer> ends = new ArrayList<>();
        int inBlock = 0;
        for (int row = 1; row <= rows; row++) {
            inBlock++;
            if (BlockRule.endsAfter(keyed, hashes.applyAsInt(row), inBlock, inBlock * rowBytes)) {
                ends.add(row);
                inBlock = 0;
            }
        }
        return ends;
    }

    private static int hash(int key) {
        CRC32C crc = new CRC32C();
        crc.update(Integer.toString(key).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    @Test
    void endsABlockAtTheMostRowsWhereNoKeyDoes() {
        assertThat(ends(20_000, ROW_BYTES, true, row -> 1)).containsExactly(8_192, 16_384);
    }

    @Test
    void endsNoBlockBeforeTheFewestRowsWhereEveryKeyWould() {
        assertThat(ends(800, ROW_BYTES, true, row -> 1 << 10)).containsExactly(256, 512, 768);
    }

    @Test
    void endsABlockAtABorderHoweverShort() {
        assertThat(ends(600, ROW_BYTES, true, row -> row == 300 || row == 301 ? 1 << 16 : 1 << 10))
                .containsExactly(256, 300, 301, 557);
    }

    @Test
    void endsABlockAtAMebibyte() {
        assertThat(ends(40, 100_000, true, row -> 1)).containsExactly(11, 22, 33);
        assertThat(ends(40, 100_000, false, row -> 0)).containsExactly(11, 22, 33);
    }

    @Test
    void leavesTheHashOfAFileWithoutKeyAlone() {
        assertThat(ends(20_000, ROW_BYTES, false, row -> 0)).isEmpty();
    }

    @Test
    void endsTheSameBlocksAgainSoonAfterARowWasInserted() {
        List<Integer> before = ends(200_000, ROW_BYTES, true, BlockRuleTest::hash);
        // A row with a key of its own after the 1,000th: all after it stand one further down.
        List<Integer> after = ends(
                200_001, ROW_BYTES, true, row -> row <= 1_000 ? hash(row) : row == 1_001 ? hash(-7) : hash(row - 1));
        List<Integer> moved =
                after.stream().map(end -> end > 1_000 ? end - 1 : end).toList();
        List<Integer> same = before.stream().filter(moved::contains).toList();
        assertThat(before).hasSizeBetween(130, 200);
        assertThat(same.size() / (double) before.size()).isGreaterThan(0.95);
    }
}
