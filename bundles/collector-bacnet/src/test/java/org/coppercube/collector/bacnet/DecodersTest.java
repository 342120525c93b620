// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.collector.bacnet.link.Fence;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.LogRecords;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;
import org.coppercube.collector.bacnet.message.Refused;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Whatever stands in a datagram, what reads it comes to an end, and throws nothing but that it cannot be read. */
public class DecodersTest {
    private static final int MUTATIONS = Integer.getInteger("mutations", 50_000);
    private static final ObjectId LOG = new ObjectId(ObjectId.TREND_LOG, 2);

    @Rule
    public final Timeout atMost = Timeout.seconds(600); // for one that loops

    private interface Decoder {
        void read(byte[] apdu) throws ProtocolException;
    }

    private static Part parameters(byte[] apdu) {
        return new Part(apdu, Math.min(3, apdu.length), apdu.length);
    }

    private static Map<String, Decoder> decoders() {
        InetSocketAddress somewhere = new InetSocketAddress("127.0.0.1", 47808);
        Map<String, Decoder> decoders = new LinkedHashMap<>();
        decoders.put("fence", apdu -> Fence.judge(apdu, 0, apdu.length));
        decoders.put("frame", frame -> {
            Frames.function(frame);
            for (int from : new int[] {0, 4, 10}) {
                if (Frames.application(frame, from) >= 0) {
                    Frames.source(frame, from, somewhere);
                }
            }
        });
        decoders.put("records", apdu -> LogRecords.read(parameters(apdu), LOG, 60).records().size());
        decoders.put("one record", apdu -> LogRecords.read(parameters(apdu), LOG, 1).records().size());
        for (int type : List.of(ObjectId.TREND_LOG, ObjectId.TREND_LOG_MULTIPLE, ObjectId.EVENT_LOG)) {
            decoders.put("record of " + type, apdu -> LogRecord.read(parameters(apdu), type).reading());
        }
        decoders.put("property", apdu -> told(PropertyValue.single(parameters(apdu),
                new PropertyRef(ObjectId.device(1001), PropertyRef.OBJECT_NAME))));
        decoders.put("properties", apdu ->
                PropertyValue.list(parameters(apdu)).values().forEach(DecodersTest::told));
        decoders.put("error", apdu -> Refused.error(parameters(apdu).tags()).getMessage());
        decoders.put("time", apdu -> LogRecord.time(parameters(apdu).tags()));
        return decoders;
    }

    private static void told(PropertyValue value) {
        value.name();
        value.unsigned();
        value.enumerated();
        value.objects();
        value.refusal();
    }

    @Test
    public void throwNothingElse() throws Exception {
        Mutations mutations = new Mutations(61);
        Vectors vectors = new Vectors();
        Map<String, Decoder> decoders = decoders();
        Map<String, Integer> read = new LinkedHashMap<>();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] datagram = mutations.of(mutations.oneOf(vectors.datagrams()), mutations.oneOf(vectors.datagrams()));
            byte[] apdu = Arrays.copyOfRange(datagram, Math.min(6, datagram.length), datagram.length);
            for (Map.Entry<String, Decoder> decoder : decoders.entrySet()) {
                try {
                    decoder.getValue().read(decoder.getKey().equals("frame") ? datagram : apdu);
                    read.merge(decoder.getKey(), 1, Integer::sum);
                } catch (ProtocolException e) {
                    assertTrue(decoder.getKey(), !e.getMessage().isEmpty());
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(decoder.getKey() + ": " + HexFormat.of().formatHex(datagram), e);
                }
            }
        }
        assertTrue("each got some that it could read: " + read, read.keySet().equals(decoders.keySet()));
    }
}
