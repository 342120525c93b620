// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Something that keeps samples, open for measurement. To close it is to stop it cleanly, all of it on disk. */
public interface Store extends AutoCloseable {

    /**
     * Samples of one log, new to the store.
     *
     * @param log number of the log
     * @param from its first sample that is new
     * @param to its first sample that is not delivered yet
     */
    record Piece(int log, int from, int to) {
    }

    /** Opens a store in a directory, or makes it where there is none. */
    interface Opening {
        /** @param trends what will be appended and asked for, by number of the log */
        Store open(Path directory, List<Trend> trends) throws Exception;
    }

    /** Takes samples of different logs, durably where the store can, before it returns. */
    void append(List<Piece> pieces) throws Exception;

    /** Reads samples of one log, from one to before another, in order. */
    void scan(int log, int from, int to, Tally tally) throws Exception;

    @Override
    void close() throws IOException, SQLException;

    /** Whether a sample without a value is kept. */
    default boolean keepsNulls() {
        return true;
    }
}
