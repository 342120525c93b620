// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.obj.EventLogObject;
import com.serotonin.bacnet4j.obj.TrendLogMultipleObject;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.EventLogRecord;
import com.serotonin.bacnet4j.type.constructed.LogData.LogDataElement;
import com.serotonin.bacnet4j.type.constructed.LogData;
import com.serotonin.bacnet4j.type.constructed.LogMultipleRecord;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.LogKindsTest;
import org.junit.Rule;
import org.junit.Test;

/** Trend Logs Multiple and Event Logs that BACnet4J plays. */
public class KindsOfLogsTest {
    @Rule
    public final PeerSite site = new PeerSite();

    private static TrendLogId member(int member) {
        return new TrendLogId("hq", PeerSite.INSTANCE, TrendLogId.Kind.TLM, 2, member);
    }

    private TrendLogMultipleObject multiple(int members) throws Exception {
        site.peer().log(1, 10); // which makes analog-input,1
        ObjectIdentifier[] points = new ObjectIdentifier[members];
        for (int i = 0; i < members; i++) {
            points[i] = new ObjectIdentifier(0, i == 1 ? 0x3FFFFF : i + 1); // the second is not used
        }
        return site.peer().multiple(2, 1000, points);
    }

    private static void add(TrendLogMultipleObject log, int minute, int... values) {
        List<LogDataElement> elements = new ArrayList<>();
        for (int value : values) {
            elements.add(new LogDataElement(new Real(value)));
        }
        add(log, minute, new LogData(new SequenceOf<>(elements)));
    }

    private static void add(TrendLogMultipleObject log, int minute, LogData data) {
        LogMultipleRecord record = new LogMultipleRecord(new DateTime(Peer.START + minute * 60_000L), data);
        record.setSequenceNumber(log.getBuffer().size() + 1);
        Peer.add(log, log.getBuffer(), record);
    }

    private List<Reading> readings(TrendLogId id) {
        return site.intake().samples(id, 1).stream().map(one -> one.reading()).toList();
    }

    @Test
    public void aTrendLogMultipleIsReadOnceAndIsASeriesAMember() throws Exception {
        TrendLogMultipleObject log = multiple(3);
        add(log, 1, 11, 12, 13);
        add(log, 2, 21, 22);
        Collection network = site.network();
        site.awaitCount(4);
        assertEquals(List.of(new Reading.Real(11), new Reading.Real(21)), readings(member(1)));
        assertEquals("what refers to nothing is no series", List.of(), readings(member(2)));
        assertEquals(List.of(new Reading.Real(13), new Reading.Null()), readings(member(3)));
        assertEquals(new TrendLog(member(1), "TLM 2: analog-input,1", "Plant 1200", "TLM 2",
                new TrendLog.LoggedProperty(PeerSite.INSTANCE, "analog-input,1", "present-value"), "degrees-celsius",
                ZoneId.systemDefault(), Duration.ofMinutes(1), 1000), site.intake().logs().get(member(1)));
        assertEquals("", site.intake().logs().get(member(3)).units());
        assertEquals(1, site.intake().commits());
        Await.until("the visit is over", () -> network.log(member(3)).orElseThrow().mode() == LogState.Mode.SEQUENCE);
        add(log, 3, new LogData(new LogStatus(false, false, true)));
        network.collect(Set.of());
        site.awaitCount(6);
        assertEquals(new Reading.LogStatus(false, false, true), readings(member(1)).get(2));
        assertEquals(new Reading.LogStatus(false, false, true), readings(member(3)).get(2));
    }

    @Test
    public void aMemberThatIsChosenLaterCatchesUp() throws Exception {
        TrendLogMultipleObject log = multiple(3);
        for (int i = 1; i <= 200; i++) {
            add(log, i, 10 * i + 1, 10 * i + 2, 10 * i + 3);
        }
        site.intake().choose(Set.of(member(3)), true);
        Collection network = site.network("archive.automatically", false);
        site.awaitCount(200);
        add(log, 201, 2011, 2012, 2013);
        network.choose(Set.of(member(1)), true);
        site.awaitCount(402);
        assertEquals(readings(member(1)).stream().map(one -> ((Reading.Real) one).value() + 2).toList(),
                readings(member(3)).stream().map(one -> ((Reading.Real) one).value()).toList());
    }

    @Test
    public void membersThatDoNotFitIntoOneAnswerAreReadOneByOne() throws Exception {
        TrendLogMultipleObject log = multiple(150);
        int[] values = new int[150];
        for (int i = 0; i < 150; i++) {
            values[i] = i;
        }
        add(log, 1, values);
        Collection network = site.network();
        site.awaitCount(149);
        assertEquals(List.of(new Reading.Real(149)), readings(member(150)));
        assertEquals(150, network.logs().size());
    }

    @Test
    public void anEventLogIsReadWithItsEvents() throws Exception {
        EventLogObject log = site.peer().events(7, 100);
        EventLogRecord status = new EventLogRecord(new DateTime(Peer.START), new LogStatus(false, true, false));
        status.setSequenceNumber(1);
        Peer.add(log, log.getBuffer(), status);
        EventLogRecord event = new EventLogRecord(new DateTime(Peer.START + 1000), LogKindsTest.NOTIFICATION);
        event.setSequenceNumber(2);
        Peer.add(log, log.getBuffer(), event);
        site.network();
        site.awaitCount(2);
        TrendLogId id = TrendLogId.parse("hq.1200.EL7");
        assertEquals(new Reading.LogStatus(false, true, false), readings(id).get(0));
        assertEquals("high-limit", ((Reading.Event) readings(id).get(1)).fields().get("to-state"));
        assertEquals("EL 7", site.intake().logs().get(id).name());
        assertEquals(100, site.intake().logs().get(id).bufferSize());
        assertTrue(site.intake().logs().get(id).interval().isZero());
    }
}
