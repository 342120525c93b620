// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import com.serotonin.bacnet4j.obj.TrendLogObject;
import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.primitive.Null;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of the history of a log that BACnet4J plays. */
public class HistoryTest {
    @Rule
    public final PeerSite site = new PeerSite();

    @Test
    public void countsWhatWasOverwrittenToTheRecord() throws Exception {
        TrendLogObject log = site.peer().log(1, 100);
        Peer.addReals(log, 50, Peer.START);
        Collection network = site.network();
        site.awaitCount(50);
        Peer.addReals(log, 173, Peer.START);
        network.collect(Set.of(PeerSite.id(1)));
        site.awaitCount(151);
        List<Sample> held = PeerSite.reals(124, 223, Peer.START);
        Sample next = held.get(0);
        List<Sample> expected = new ArrayList<>(PeerSite.reals(1, 50, Peer.START));
        expected.add(new Sample(51, next.time(), next.offset(), Sample.TimeSource.NEXT, 0,
                new Reading.Gap(73, Reading.Gap.Cause.OVERFLOW)));
        expected.addAll(held);
        site.assertArchived(expected, 1, 1);
    }

    @Test
    public void aLogThatStartsAgainOpensTheNextRun() throws Exception {
        TrendLogObject log = site.peer().log(1, 5000);
        Peer.addReals(log, 20, Peer.START);
        Collection network = site.network();
        site.awaitCount(20);
        Peer.empty(log);
        Peer.addReals(log, 5, Peer.START + 86_400_000);
        network.collect(Set.of());
        site.awaitCount(26); // and the gap that the ended run has
        site.assertArchived(PeerSite.reals(1, 5, Peer.START + 86_400_000), 1, 2);
        Peer.empty(log); // and has more records than before when it is looked at
        Peer.addReals(log, 90, Peer.START + 2 * 86_400_000);
        network.collect(Set.of());
        site.awaitCount(117);
        site.assertArchived(PeerSite.reals(1, 90, Peer.START + 2 * 86_400_000), 1, 3);
    }

    @Test
    public void aRecordWithoutTimeHasTheNextOnesAndAPurgeIsTold() throws Exception {
        TrendLogObject log = site.peer().log(1, 5000);
        Peer.addReals(log, 3, Peer.START);
        Collection network = site.network();
        site.awaitCount(3);
        Peer.addReals(log, 4, Peer.START);
        log.getBuffer().clear();
        Peer.add(log, new LogRecord(DateTime.UNSPECIFIED, new LogStatus(false, true, false), null));
        add(log, new DateTime(Peer.START), Null.instance);
        add(log, DateTime.UNSPECIFIED, Null.instance);
        network.collect(Set.of());
        site.awaitCount(7);
        List<Sample> samples = site.intake().samples(PeerSite.id(1), 1).subList(3, 7);
        assertEquals(List.of(new Reading.Gap(4, Reading.Gap.Cause.PURGE), new Reading.LogStatus(false, true, false),
                new Reading.Null(), new Reading.Null()), samples.stream().map(Sample::reading).toList());
        assertEquals(List.of(Sample.TimeSource.NEXT, Sample.TimeSource.NEXT, Sample.TimeSource.RECORD,
                Sample.TimeSource.READ), samples.stream().map(Sample::timeSource).toList());
        assertEquals(Instant.ofEpochMilli(Peer.START), samples.get(0).instant());
    }

    @Test
    public void aLogThatShowsTheSameTimesAfterEveryStartOpensTheNextRunToo() throws Exception {
        Map<TrendLogObject, DateTime> logs = Map.of(site.peer().log(1, 5000), DateTime.UNSPECIFIED,
                site.peer().log(2, 5000), new DateTime(Peer.START));
        logs.forEach((log, time) -> List.of(1, 2).forEach(value -> add(log, time, new Real(value))));
        Collection network = site.network();
        site.awaitCount(4);
        logs.keySet().forEach(Peer::empty);
        logs.forEach((log, time) -> List.of(3, 4, 5).forEach(value -> add(log, time, new Real(value))));
        network.collect(Set.of());
        site.awaitCount(10);
        for (int log = 1; log <= 2; log++) {
            assertEquals(List.of(new Reading.Real(3), new Reading.Real(4), new Reading.Real(5)),
                    site.intake().samples(PeerSite.id(log), 2).stream().map(Sample::reading).toList());
        }
    }

    @Test
    public void aRecordThatIsNotCountedYetIsReadTheNextTime() throws Exception {
        TrendLogObject log = site.peer().log(1, 5000);
        Peer.addReals(log, 10, Peer.START);
        Peer.tellTotal(log, 8);
        Collection network = site.network();
        site.awaitCount(8);
        Peer.tellTotal(log, 9);
        network.collect(Set.of());
        site.awaitCount(9);
        Peer.tellTotal(log, 10);
        network.collect(Set.of());
        site.awaitCount(10);
        site.assertArchived(PeerSite.reals(1, 10, Peer.START), 1, 1);
    }

    private static void add(TrendLogObject log, DateTime time, Encodable value) {
        Peer.add(log, LogRecord.createFromMonitoredValue(time, value, null));
    }
}
