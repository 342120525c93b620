// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.coppercube.collector.bacnet.log.MemorySite.first;
import static org.coppercube.collector.bacnet.log.MemorySite.holds;
import static org.junit.Assert.assertTrue;

import java.net.ProtocolException;
import java.util.stream.LongStream;
import org.coppercube.api.trend.Reading;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** When records are believed to be gone: not because of one wrong answer, nor as long as the device gives them. */
public class GapsTest {
    private static final int TOTAL = 3; // where it ends in an answer that tells the counts, from its end
    private static final int HELD = 12;

    @Rule
    public final MemorySite site = new MemorySite();

    /** What the device answers if it is asked for a record so many later. */
    private byte[] later(byte[] request, int by) {
        int count = (int) LongStream.rangeClosed(1, 1000).filter(number -> holds(request, number)).count();
        try {
            return site.log.answer(
                    Questions.bySequence(site.log.object(), first(request) + by, count).apdu(request[2]));
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void recordsThatAnAnswerPassesOverAreAskedForAgain() throws Exception {
        int[] times = {1};
        site.device.script((request, answer) -> first(request) > 0 && times[0]-- > 0 ? later(request, 5) : answer);
        site.add(50);
        site.visit("1: 1-50");
        site.add(20);
        times[0] = 3;
        site.visit("1: 1-70");
        site.add(150);
        times[0] = 1;
        site.visit("1: 1-70 OVERFLOW 71-120 121-220");
    }

    @Test
    public void recordsThatAreHeldAndPassedOverAllTheTimeAreNotLost() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(30);
        site.device.script((request, answer) -> first(request) > 0 ? later(request, 5) : answer);
        site.visit("1: 1-20");
        assertTrue(site.trouble(), site.trouble().contains("it begins at record"));
        site.device.script((request, answer) -> answer);
        site.visit("1: 1-50");
    }

    @Test
    public void aRecordThatIsAlwaysPassedOverIsNotCountedAsOverwritten() throws Exception {
        site.add(60);
        site.device.script((request, answer) -> first(request) == 33 ? later(request, 1)
                : holds(request, 33) ? new byte[] {0x71, request[2], 4} : answer);
        site.visit("1: 1-32 UNDECODABLE 33 34-60");
    }

    @Test
    public void aRecordCountThatIsTooLowMakesNoGap() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        for (int often : new int[] {1, 2, 1000}) {
            site.add(20);
            int[] times = {often};
            site.device.script((request, answer) -> {
                if (request[3] == Questions.READ_PROPERTY_MULTIPLE && times[0]-- > 0) {
                    answer[answer.length - HELD] = 5;
                }
                return answer;
            });
            site.visit("1: 1-" + site.log.total());
        }
    }

    @Test
    public void aRecordThatIsMadeWhileTheFirstCountsAreReadHidesNoOlderOne() throws Exception {
        site.add(20);
        int[] times = {1};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && times[0]-- > 0) {
                answer[answer.length - 12]--; // the count of those held was read before it
            }
            return answer;
        });
        site.visit("1: 1-20");
    }

    @Test
    public void whatIsOverwrittenAfterACountThatWasTooLowIsCounted() throws Exception {
        site.log.withAtMost(2);
        site.add(20);
        site.visit("1: 1-20");
        site.add(20);
        int[] times = {2};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && times[0]-- > 0) {
                answer[answer.length - HELD] = 5;
            }
            if (first(request) == 23 && site.log.total() == 40) {
                site.add(100);
            }
            return answer;
        });
        site.visit("1: 1-24 OVERFLOW 25-40 41-140");
    }

    @Test
    public void aRecordThatCannotBeReadIsNoProofThatThoseBeforeAreGone() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(20);
        int[] times = {1};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && times[0]-- > 0) {
                answer[answer.length - HELD] = 5;
            }
            return holds(request, 36) ? new byte[] {0x71, request[2], 4} : answer;
        });
        site.visit("1: 1-35 UNDECODABLE 36 37-40");
    }

    @Test
    public void aTotalThatGoesBackWithinAVisitDoesNoHarm() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        for (int back : new int[] {3, 12}) {
            site.add(10);
            int[] asked = {0};
            int[] counted = {0};
            site.device.script((request, answer) -> {
                if (request[3] == Questions.READ_PROPERTY_MULTIPLE && ++counted[0] == 2) {
                    answer[answer.length - TOTAL] -= back;
                }
                return first(request) > 0 && ++asked[0] == 1 ? later(request, 200) : answer; // so it is counted again
            });
            site.visit();
            assertTrue("it was counted " + counted[0] + " times", counted[0] >= 2);
            site.device.script((request, answer) -> answer);
            site.visit("1: 1-" + site.log.total());
        }
    }


    @Test
    public void aCountThatIsTooHighMakesNoGap() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        byte[][] beyond = {null, Hex.bytes("50001a91009119")};
        for (byte[] answerBeyond : beyond) {
            site.device.script((request, answer) -> {
                if (request[3] == Questions.READ_PROPERTY_MULTIPLE) {
                    answer[answer.length - 4] = 1; // 256 more
                } else if (answerBeyond != null && request[11] == 0x6E && first(request) > site.log.total()) {
                    byte[] said = answerBeyond.clone();
                    said[1] = request[2];
                    return said;
                }
                return answer;
            });
            site.add(5);
            site.visit();
            assertTrue(site.samples().stream().noneMatch(one -> one.reading() instanceof Reading.Gap));
        }
        site.device.script((request, answer) -> answer);
        site.add(5);
        site.visit("1: 1-35");
    }

    @Test
    public void aDeviceThatSaysNothingOfWhatIsGoneIsReadOn() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(150);
        site.device.script((request, answer) -> first(request) > 0 && first(request) < 71 ? null : answer);
        site.visit("1: 1-20 OVERFLOW 21-70 71-170");
    }
}
