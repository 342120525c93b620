// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.plc4x.java.bacnetip.readwrite.APDUComplexAck;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetApplicationTagCharacterString;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetApplicationTagDouble;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetConstructedDataTrendLogLogBuffer;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetConstructedDataUnspecified;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecord;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatum;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumAnyValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumBitStringValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumBooleanValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumEnumeratedValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumFailure;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumIntegerValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumLogStatus;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumNullValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumRealValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumTimeChange;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogRecordLogDatumUnsignedValue;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetLogStatusTagged;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetServiceAckReadRange;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetStatusFlagsTagged;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetTagPayloadDate;
import org.apache.plc4x.java.bacnetip.readwrite.BACnetTagPayloadTime;
import org.apache.plc4x.java.bacnetip.readwrite.BVLC;
import org.apache.plc4x.java.bacnetip.readwrite.BVLCOriginalUnicastNPDU;
import org.apache.plc4x.java.spi.generation.ReadBufferByteBased;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.collector.bacnet.Vectors;
import org.junit.Test;

/** Apache PLC4X, which has no line in common with us, reads the same records out of the same answers. */
public class SecondOpinionTest {

    @Test
    public void readsTheSameRecords() throws Exception {
        Vectors vectors = new Vectors();
        Set<Class<?>> kinds = new HashSet<>();
        int count = 0;
        for (String name : vectors.records().keySet()) {
            BACnetServiceAckReadRange theirs = theirs(vectors.datagram(name));
            List<LogRecord> expected = records(theirs);
            ObjectId log = new ObjectId(ObjectId.TREND_LOG, theirs.getObjectIdentifier().getInstanceNumber());
            LogRecords ours = LogRecords.read(vectors.records().get(name), log, expected.size());
            assertEquals(name, expected, ours.records());
            assertEquals(name, theirs.getItemCount().getActualValue().intValue(), ours.records().size());
            if (theirs.getFirstSequenceNumber() != null) {
                assertEquals(name, theirs.getFirstSequenceNumber().getActualValue().longValue(), ours.first());
            }
            expected.forEach(record -> kinds.add(record.reading().getClass()));
            count += expected.size();
        }
        assertEquals(18 + 18 + 40 + 2, count);
        assertEquals("every kind that a log of BACnet can have: " + kinds, 11, kinds.size());
    }

    private static BACnetServiceAckReadRange theirs(byte[] datagram) throws Exception {
        BVLC link = BVLC.staticParse(new ReadBufferByteBased(datagram));
        APDUComplexAck answer = (APDUComplexAck) ((BVLCOriginalUnicastNPDU) link).getNpdu().getApdu();
        return (BACnetServiceAckReadRange) answer.getServiceAck();
    }

    private static List<LogRecord> records(BACnetServiceAckReadRange answer) {
        return ((BACnetConstructedDataTrendLogLogBuffer) answer.getItemData()).getFloorText().stream()
                .map(SecondOpinionTest::record).toList();
    }

    private static LogRecord record(BACnetLogRecord record) {
        BACnetTagPayloadDate date = record.getTimestamp().getDateTimeValue().getDateValue().getPayload();
        BACnetTagPayloadTime time = record.getTimestamp().getDateTimeValue().getTimeValue().getPayload();
        return new LogRecord(LocalDateTime.of(date.getYear(), date.getMonth(), date.getDayOfMonth(), time.getHour(),
                time.getMinute(), time.getSecond(), time.getFractional() * 10_000_000), flags(record.getStatusFlags()),
                reading(record.getLogDatum()));
    }

    private static int flags(BACnetStatusFlagsTagged flags) {
        return flags == null ? 0 : (flags.getInAlarm() ? Sample.IN_ALARM : 0) | (flags.getFault() ? Sample.FAULT : 0)
                | (flags.getOverridden() ? Sample.OVERRIDDEN : 0)
                | (flags.getOutOfService() ? Sample.OUT_OF_SERVICE : 0);
    }

    private static Reading reading(BACnetLogRecordLogDatum datum) {
        if (datum instanceof BACnetLogRecordLogDatumLogStatus one) {
            BACnetLogStatusTagged status = one.getLogStatus();
            return new Reading.LogStatus(status.getLogDisabled(), status.getBufferPurged(),
                    status.getLogInterrupted());
        } else if (datum instanceof BACnetLogRecordLogDatumBooleanValue one) {
            return new Reading.Boolean(one.getBooleanValue().getActualValue());
        } else if (datum instanceof BACnetLogRecordLogDatumRealValue one) {
            return new Reading.Real(one.getRealValue().getActualValue());
        } else if (datum instanceof BACnetLogRecordLogDatumEnumeratedValue one) {
            return new Reading.Enumerated(one.getEnumeratedValue().getActualValue());
        } else if (datum instanceof BACnetLogRecordLogDatumUnsignedValue one) {
            return new Reading.Unsigned(one.getUnsignedValue().getActualValue().longValue());
        } else if (datum instanceof BACnetLogRecordLogDatumIntegerValue one) {
            return new Reading.Signed(one.getIntegerValue().getActualValue().longValue());
        } else if (datum instanceof BACnetLogRecordLogDatumBitStringValue one) {
            return new Reading.BitString(one.getBitStringValue().getPayload().getData().stream()
                    .map(bit -> bit ? "1" : "0").collect(Collectors.joining()));
        } else if (datum instanceof BACnetLogRecordLogDatumNullValue) {
            return new Reading.Null();
        } else if (datum instanceof BACnetLogRecordLogDatumFailure one) {
            return new Reading.Failure(one.getFailure().getError().getErrorClass().getValue().getValue(),
                    one.getFailure().getError().getErrorCode().getValue().getValue());
        } else if (datum instanceof BACnetLogRecordLogDatumTimeChange one) {
            return new Reading.TimeChange(one.getTimeChange().getActualValue());
        }
        return any(((BACnetConstructedDataUnspecified) ((BACnetLogRecordLogDatumAnyValue) datum).getAnyValue())
                .getData().get(0).getApplicationTag());
    }

    /** Its bytes are not told; they are the two that the simulator has. */
    private static Reading any(Object value) {
        return value instanceof BACnetApplicationTagDouble one
                ? new Reading.Any("55083ff4000000000000", new Reading.Double(one.getActualValue()))
                : new Reading.Any("7508004772c3bcc39f65",
                        new Reading.Text(((BACnetApplicationTagCharacterString) value).getValue()));
    }
}
