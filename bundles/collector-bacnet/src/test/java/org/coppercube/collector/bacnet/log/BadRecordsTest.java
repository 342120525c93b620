// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.coppercube.collector.bacnet.log.MemorySite.holds;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.coppercube.api.trend.Reading;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of records that a device counts and that cannot be read, for ever or for a while. */
public class BadRecordsTest {
    @Rule
    public final MemorySite site = new MemorySite();

    @Test
    public void aRecordThatNobodyCanReadIsPassedOver() throws Exception {
        site.add(60);
        site.device.script((request, answer) -> holds(request, 33) ? new byte[] {0x71, request[2], 4} : answer);
        site.visit("1: 1-32 UNDECODABLE 33 34-60");
        assertTrue("asked " + site.device.asked(), site.device.asked() < 35);
        site.add(10);
        site.visit("1: 1-32 UNDECODABLE 33 34-70");
    }

    @Test
    public void recordsThatTheDeviceCountsAndNeverGivesArePassedOver() throws Exception {
        site.add(60);
        site.device.script((request, answer) -> holds(request, 33) || holds(request, 34)
                ? Hex.bytes("30%02x1a0c0500000119833a050049005e5f".formatted(request[2])) : answer);
        site.visit();
        assertEquals("1: 1-32 UNDECODABLE 33-34 35-60", site.story());
    }

    @Test
    public void anErrorForOneRecordIsIsolated() throws Exception {
        site.add(60);
        site.device.script((request, answer) -> holds(request, 60)
                ? Hex.bytes("50%02x1a91009119".formatted(request[2])) : answer);
        site.visit("1: 1-59 UNDECODABLE 60");
    }

    @Test
    public void aRecordWhoseTagsAreBrokenIsKeptWithItsBytes() throws Exception {
        site.add(10);
        site.add("ff00ff");
        site.add(10);
        site.visit("1: 1-21");
        assertTrue(site.samples().get(10).reading() instanceof Reading.Undecodable damaged
                && damaged.raw().contains("ff00ff"));
    }

    @Test
    public void anAnswerThatIsCutOffIsKeptOnlyIfItIsTheSameEachTime() throws Exception {
        site.add(60);
        int[] cut = {0};
        site.device.script((request, answer) -> holds(request, 33)
                ? Arrays.copyOf(answer, answer.length - 8 - cut[0]++ % 2) : answer);
        site.visit();
        assertEquals("1: 1-32", site.story());
        assertTrue(site.trouble().length() > 0);
        site.device.script((request, answer) -> holds(request, 33) ? Arrays.copyOf(answer, answer.length - 8) : answer);
        site.visit("1: 1-60");
        assertTrue(site.samples().get(32).reading() instanceof Reading.Undecodable);
        assertEquals(59, site.samples().stream().filter(one -> one.reading() instanceof Reading.Unsigned).count());
    }

    @Test
    public void aRecordWhoseTagsAreBrokenForAWhileIsReadInTheEnd() throws Exception {
        site.add(10);
        int[] times = {0};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE && times[0]++ < 3) {
                answer[29] = (byte) (0xF9 + times[0]); // in the first record, the tag of its value
            }
            return answer;
        });
        site.visit("1: 1-10");
        assertTrue(site.samples().stream()
                .allMatch(one -> one.reading().equals(new Reading.Unsigned(one.sequence() - 1))));
    }

    @Test
    public void aDeviceThatRefusesLosesNothing() throws Exception {
        site.add(50);
        site.visit("1: 1-50");
        byte[][] refusals = {{0x71, 0, 4}, {0x71, 0, 9}, {0x60, 0, 2}, RingLog.UNSUPPORTED};
        for (byte[] refusal : refusals) {
            site.add(10);
            site.device.script((request, answer) -> {
                byte[] said = refusal.clone();
                said[1] = request[2];
                return request[3] == Questions.READ_RANGE ? said : answer;
            });
            for (int i = 0; i < 3; i++) {
                site.visit();
                assertTrue(site.device.collected(0).state(Duration.ofHours(4), null, "").cause().length() > 0);
            }
        }
        assertEquals("1: 1-50", site.story());
        site.device.script((request, answer) -> answer);
        site.visit("1: 1-90");
    }

    @Test
    public void aDeviceThatRefusesNowAndThenLosesNothing() throws Exception {
        site.add(100);
        for (int often = 1; often <= 3; often++) {
            site.intake.forget();
            int[] refusals = {often};
            site.device.script((request, answer) -> {
                boolean alone = holds(request, 33) && !holds(request, 32) && !holds(request, 34);
                refusals[0] -= alone ? 1 : 0;
                return holds(request, 33) && refusals[0] >= (alone ? 0 : 1) ? new byte[] {0x71, request[2], 9} : answer;
            });
            for (int i = 0; i < 3; i++) {
                site.visit();
            }
            assertEquals("refused " + often + " times", often < 3 ? "1: 1-100" : "1: 1-32 UNDECODABLE 33 34-100",
                    site.story());
        }
    }
}
