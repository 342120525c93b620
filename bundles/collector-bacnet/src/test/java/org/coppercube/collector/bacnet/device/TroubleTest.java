// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.ScriptedDevice;
import org.coppercube.collector.bacnet.TestMachine;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is said of a device that does not tell all that is needed, and of its logs. */
public class TroubleTest {
    private static final ObjectId DEVICE = ObjectId.device(7);
    private static final ObjectId MULTIPLE = new ObjectId(ObjectId.TREND_LOG_MULTIPLE, 2);
    private static final PropertyRef OBJECT_LIST = new PropertyRef(DEVICE, PropertyRef.OBJECT_LIST);
    private static final PropertyRef MEMBERS = new PropertyRef(MULTIPLE, PropertyRef.LOGGED_PROPERTY);
    private static final String NOTHING_MORE = "it does not tell its object list (property, unknown-property)";

    private final int port = TestMachine.freePort();
    private final MemoryIntake intake = new MemoryIntake();
    private ScriptedDevice device;
    private Collector network;
    private int revision;

    @Before
    public void startDevice() throws Exception {
        device = new ScriptedDevice(7, "127.0.31.7", port, "Plant", 5);
        device.logs(2);
        device.log(1, 10, 5000, Duration.ofMinutes(1));
        device.log(2, 10, 5000, Duration.ofMinutes(1));
        change();
    }

    @After
    public void closeAll() {
        network.close();
        device.close();
    }

    /** It says that it has other objects. */
    private void change() {
        device.set(DEVICE, PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(++revision));
    }

    private void collect() {
        network = new TestMachine().network(intake, "port", port, "devices", "7@127.0.31.7", "apdu.timeout.ms", 3000);
        Await.until("it is collected", () -> !network.logs().isEmpty()
                && network.logs().stream().allMatch(log -> log.lastSuccess() != null));
    }

    private void changeUntil(String what, String cause) {
        change();
        Await.until(what, () -> { // a device that changes all the time is believed less and less soon
            network.collect(Set.of());
            return state().cause().equals(cause);
        });
    }

    private DeviceState state() {
        return network.devices().get(0);
    }

    private LogState log(int log) {
        return network.log(new TrendLogId("hq", 7, TrendLogId.Kind.TL, log)).orElseThrow();
    }

    private void haveMultiple() {
        device.set(DEVICE, PropertyRef.OBJECT_LIST, Hex.bytes("c402000007" + "c405000001" + "c405000002" + "c406c00002"));
        device.set(MULTIPLE, PropertyRef.RECORD_COUNT, ScriptedDevice.unsigned(0));
        device.set(MULTIPLE, PropertyRef.TOTAL_RECORD_COUNT, ScriptedDevice.unsigned(0));
    }

    @Test
    public void aTrendLogMultipleThatDoesNotTellItsMembersIsNamedAndFoundWhenItDoes() {
        haveMultiple();
        collect();
        String cause = "trend-log-multiple,2 cannot be collected: it does not tell its log device object property "
                + "(property, unknown-property)";
        assertEquals(cause, state().cause());
        Health health = network.check();
        assertEquals(Health.Level.DEGRADED, health.level());
        assertTrue(health.detail(), health.detail().startsWith("1 devices, 1 in trouble"));
        assertEquals("the others are collected", Health.Level.OK, log(1).level());
        device.set(MULTIPLE, PropertyRef.LOGGED_PROPERTY, Hex.bytes("0c00000001" + "1955"));
        changeUntil("its member is found", "");
        assertEquals(3, network.logs().size());
        device.hide(MEMBERS);
        changeUntil("it is told", cause);
        assertEquals("what was known of it stays", 3, network.logs().size());
    }

    @Test
    public void membersThatCannotBeUnderstoodAreNoMembers() {
        haveMultiple();
        device.set(MULTIPLE, PropertyRef.LOGGED_PROPERTY, ScriptedDevice.unsigned(7));
        collect();
        assertEquals("trend-log-multiple,2 cannot be collected: what one of its members is, is not told (it cannot be "
                + "understood)", state().cause());
        assertEquals(2, network.logs().size());
    }

    @Test
    public void aLogIsNotGoneBecauseAPartOfTheListIsNotTold() {
        collect();
        device.hide(OBJECT_LIST); // nor are its elements
        changeUntil("it is told", "a part of its object list is not told (property, unknown-property)");
        assertEquals(2, network.logs().size());
    }

    @Test
    public void aDeviceThatCannotBeDescribedAgainSaysSoAndItsLogsAreCollectedAllTheSame() {
        collect();
        device.hide(OBJECT_LIST);
        device.hide(OBJECT_LIST.element(0));
        changeUntil("it is told", "it may have other logs now: they were not told (" + NOTHING_MORE + ")");
        assertEquals(Health.Level.OK, log(1).level());
        assertEquals(Health.Level.DEGRADED, network.check().level());
        device.logs(2);
        changeUntil("it is described", "");
    }

    @Test
    public void noLogOfADeviceThatCannotBeVisitedIsAHealthyOne() {
        collect();
        device.hide(OBJECT_LIST);
        device.hide(OBJECT_LIST.element(0));
        device.set(DEVICE, PropertyRef.VENDOR_IDENTIFIER, ScriptedDevice.unsigned(6));
        Await.until("it is described again in vain", () -> {
            network.collect(Set.of(log(1).log().id()));
            return state().cause().equals(NOTHING_MORE);
        });
        assertEquals(Health.Level.FAILED, log(1).level());
        assertEquals("it was not tried", Health.Level.DEGRADED, log(2).level());
        assertEquals("its device cannot be visited (" + NOTHING_MORE + ")", log(2).cause());
        network.choose(Set.of(log(2).log().id()), false);
        assertEquals("nobody wants it", Health.Level.OK, log(2).level());
        device.logs(2);
        network.collect(Set.of());
        Await.until("it is collected again", () -> log(1).level() == Health.Level.OK);
    }
}
