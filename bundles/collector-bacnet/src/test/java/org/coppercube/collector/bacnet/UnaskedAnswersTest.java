// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.coppercube.collector.bacnet.Liar.filled;
import static org.coppercube.collector.bacnet.Liar.answer;
import static org.coppercube.collector.bacnet.Liar.asksForRecords;
import static org.coppercube.collector.bacnet.Liar.first;
import static org.coppercube.collector.bacnet.Liar.made;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.coppercube.api.collect.LogState;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Answers that nobody asked for, that come from others, or that come late. */
public class UnaskedAnswersTest {
    private Siege siege;

    @Before
    public void begin() throws Exception {
        siege = new Siege(2);
        siege.begin();
    }

    @After
    public void end() {
        siege.close();
    }

    @Test
    public void answersOfStrangers() throws Exception {
        siege.withstands(0, () -> {
            for (int round = 0; round < 10; round++) {
                for (int id = 0; id < 256; id++) {
                    siege.send(Siege.unicast(made(id, siege.witness.made() + 1)), siege.us());
                }
                siege.collects(60);
            }
        });
    }

    @Test
    public void answersToQuestionsThatNobodyAsked() throws Exception {
        siege.withstands(0, () -> {
            siege.witness.follow((question, answer) -> {
                if (asksForRecords(question, 1)) {
                    for (int away : new int[] {1, -1, 128, 255}) {
                        say(made(question[2] + away & 0xFF, first(question)));
                    }
                }
                return answer;
            });
            siege.collects(60);
            siege.collects(60);
        });
    }

    private void say(byte[] apdu) {
        try {
            siege.witness.say(apdu, siege.us());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void answersThatComeAfterThePatienceForThem() throws Exception {
        byte[][] late = {made(0, 1)};
        siege.withstands(0, () -> {
            siege.witness.follow((question, answer) -> {
                if (!asksForRecords(question, 1)) {
                    return answer;
                }
                say(late[0]); // to the question before this one
                late[0] = made(question[2], siege.witness.made() + 1);
                return answer;
            });
            siege.collects(60);
            siege.collects(60);
        });
    }

    @Test
    public void longAnswersInTheNameOfADeviceThatAnswersInTime() throws Exception {
        siege.withstands(20, () -> {
            siege.witness.follow((question, answer) -> {
                for (int i = 0; i < 5; i++) {
                    say(answer(question, 0x40, 1, filled(3_000, 0x41), 1L));
                }
                return answer;
            });
            siege.collects(60);
            siege.collects(60);
        });
        assertEquals(List.of("", ""), siege.network.logs().stream().map(LogState::cause).toList());
    }

    @Test
    public void devicesThatTakeTheirTimeForEachAnswer() throws Exception {
        List<Witness> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Witness one = new Witness(100 + i, 1, "127.0.61." + (100 + i), siege.port());
                slow.add(one);
                one.grow(30);
                long pause = i < 30 ? 150 : 3000; // milliseconds: within the patience for an answer, and beyond it
                one.follow((question, answer) -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
                    return answer;
                });
                one.say(one.iAm(), siege.us());
            }
            Await.until("all are known", () -> siege.network.devices().size() == 61);
            for (int i = 0; i < 20; i++) {
                siege.collectsBeside(10);
            }
            Await.until("the patient ones are collected too", () -> siege.intake.count()
                    >= 2 * siege.witness.made() + 30 * 30);
            siege.holds();
        } finally {
            slow.forEach(Witness::close);
        }
    }
}
