// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.exception.write.WriteProcessException;
import org.apache.tsfile.file.metadata.enums.CompressionType;
import org.apache.tsfile.file.metadata.enums.TSEncoding;
import org.apache.tsfile.read.TsFileReader;
import org.apache.tsfile.read.common.RowRecord;
import org.apache.tsfile.read.expression.QueryExpression;
import org.apache.tsfile.read.expression.impl.GlobalTimeExpression;
import org.apache.tsfile.read.filter.factory.TimeFilterApi;
import org.apache.tsfile.read.query.dataset.QueryDataSet;
import org.apache.tsfile.write.TsFileWriter;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Tally;
import org.coppercube.archive.bench.Trend;

/**
 * Apache TsFile in its smallest form for these data. A file is written at one go, log by log, and nothing of it is safe
 * before it is closed; so it takes in bulk what others take as it comes.
 */
final class TsFile {

    private static final List<IMeasurementSchema> SCHEMA = List.of(
            new MeasurementSchema("reading", TSDataType.FLOAT, TSEncoding.PLAIN, CompressionType.ZSTD));
    private static final int ROWS = 1_024;

    private TsFile() {
    }

    static Store open(Path directory, List<Trend> trends) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("samples.tsfile");
        return Files.notExists(file) ? new Writing(new TsFileWriter(file.toFile()), trends)
                : new Reading(new TsFileReader(file.toFile()), trends);
    }

    private static String device(int log) {
        return "bench.log" + log;
    }

    private record Writing(TsFileWriter writer, List<Trend> trends) implements Store {

        @Override
        public void append(List<Piece> pieces) throws IOException, WriteProcessException {
            for (Piece piece : pieces) {
                Trend trend = trends.get(piece.log());
                writer.registerTimeseries(device(piece.log()), SCHEMA.get(0));
                Tablet rows = new Tablet(device(piece.log()), SCHEMA, ROWS);
                for (int i = piece.from(); i < piece.to(); i++) {
                    int row = rows.getRowSize();
                    rows.addTimestamp(row, trend.time(i));
                    rows.addValue(row, 0, trend.value(i)); // NaN for NULL: a series has no NULL of its own
                    if (rows.getRowSize() == ROWS || i + 1 == piece.to()) {
                        writer.writeTree(rows);
                        rows.reset();
                    }
                }
            }
        }

        @Override
        public void scan(int log, int from, int to, Tally tally) {
            throw new UnsupportedOperationException("a file is read when it is closed");
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    private record Reading(TsFileReader reader, List<Trend> trends) implements Store {

        @Override
        public void append(List<Piece> pieces) {
            throw new UnsupportedOperationException("a file is written once");
        }

        @Override
        public void scan(int log, int from, int to, Tally tally) throws IOException {
            Trend trend = trends.get(log);
            QueryDataSet found = reader.query(QueryExpression.create(
                    new ArrayList<>(List.of(new org.apache.tsfile.read.common.Path(device(log), "reading", true))),
                    new GlobalTimeExpression(TimeFilterApi.between(trend.time(from), trend.time(to - 1)))));
            while (found.hasNext()) {
                RowRecord row = found.next();
                tally.add(row.getTimestamp(), row.getFields().get(0).getFloatV());
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
