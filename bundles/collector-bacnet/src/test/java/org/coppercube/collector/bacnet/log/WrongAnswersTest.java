// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.coppercube.collector.bacnet.log.MemorySite.first;
import static org.coppercube.collector.bacnet.log.MemorySite.holds;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.Reading;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** What wrong answers, once or over and over, must not do to a log whose device numbers its records. */
public class WrongAnswersTest {
    private static final int VALUE = 33; // where that of the first record ends in an answer that has records

    @Rule
    public final MemorySite site = new MemorySite();

    @Test
    public void nonsenseForAWhileDoesNotChangeHowALogIsRead() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        List<BinaryOperator<byte[]>> nonsense = List.of((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) { // no first number
                return Arrays.copyOf(answer, answer[14] == 0 ? answer.length : answer.length - 5);
            }
            return answer;
        }, (request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE) { // a total that is none
                answer[answer.length - 7] = 0x34;
            }
            return answer;
        }, (request, answer) -> new Random(site.device.asked()).nextBoolean()
                || request[3] != Questions.READ_RANGE ? answer
                : new byte[] {0x60, request[2], (byte) site.device.asked()});
        for (BinaryOperator<byte[]> one : nonsense) {
            site.device.script(one);
            site.add(5);
            for (int i = 0; i < 3; i++) {
                site.visit();
                assertEquals(LogState.Mode.SEQUENCE, site.device.collected(0).mode());
            }
        }
        site.device.script((request, answer) -> answer);
        site.visit("1: 1-35");
    }

    @Test
    public void anAnswerAboutAnotherLogIsNeverTaken() throws Exception {
        site.add(50);
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) {
                answer[7]++;
            }
            return answer;
        });
        site.visit();
        assertEquals("", site.story());
        assertTrue(site.trouble(), site.trouble().contains("trend-log,2"));
    }

    @Test
    public void anAnswerThatBeginsBeforeWhatWasAskedForIsNeverTaken() throws Exception {
        site.add(50);
        site.visit("1: 1-50");
        site.add(20);
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) {
                answer[answer.length - 1] -= 7; // of its first sequence number
            }
            return answer;
        });
        site.visit();
        assertEquals("1: 1-50", site.story());
        assertTrue(site.trouble(), site.trouble().contains("it begins at record"));
    }

    @Test
    public void aLastRecordThatIsAlteredNowAndThenIsNoOther() throws Exception {
        for (int often = 1; often <= 3; often++) {
            site.add(20);
            site.visit("1: 1-20");
            site.add(5);
            int[] times = {often};
            site.device.script((request, answer) -> {
                if (holds(request, 20) && times[0]-- > 0) {
                    answer[VALUE] = 99;
                }
                return answer;
            });
            site.visit("1: 1-25");
            site.log.reset();
            site.intake.forget();
        }
    }

    @Test
    public void aLastRecordThatIsAnotherEachTimeStopsTheLogUntilItIsNot() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(5);
        int[] value = {50};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) {
                answer[VALUE] = (byte) ++value[0];
            }
            return answer;
        });
        site.visit("1: 1-20");
        assertEquals("its record 20 is another each time", site.trouble());
        site.device.script((request, answer) -> answer);
        site.visit("1: 1-25");
    }

    @Test
    public void aLastRecordThatCannotBeUnderstoodIsNoOther() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(5);
        long[] broken = {20};
        site.device.script((request, answer) -> {
            if (first(request) == broken[0]) {
                Arrays.fill(answer, VALUE - 15, VALUE - 11, (byte) 0xFF); // no date
                answer[VALUE - 4] = (byte) 0xBC; // no kind of value
            }
            return holds(request, broken[0]) && first(request) < broken[0] ? new byte[] {0x71, request[2], 4} : answer;
        });
        site.visit("1: 1-25");
        site.add(1);
        broken[0] = 26;
        site.visit("1: 1-26");
        assertTrue(site.samples().get(25).reading() instanceof Reading.Undecodable);
        site.add(5);
        broken[0] = -1;
        site.visit("1: 1-31");
    }

    @Test
    public void aLastRecordThatIsCountedAndNotGivenIsNotPassedOver() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(10);
        site.device.script((request, answer) -> holds(request, 20)
                ? Hex.bytes("30%02x1a0c0500000119833a050049005e5f".formatted(request[2])) : answer);
        site.visit("1: 1-30");
    }
}
