// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import org.coppercube.collector.bacnet.message.Questions;

/**
 * Judges a datagram before anything else reads it. BACnet is not authenticated, and BACnet4J 6.0.0 loops for ever on
 * some of what anybody may send; so that library sees only the four questions that a collector answers, and only when
 * their tags are sound. Whether a notification is wanted others say. Everything is bounded by the length of the
 * datagram; nothing is allocated.
 */
public final class Fence {
    /** What a datagram is: the kinds that are taken, and the reasons why others are not. */
    public enum Verdict {
        ANSWER("an answer to a question of ours"),
        I_AM("an announcement of a device"),
        QUESTION("a question that our own device may answer"),
        ROUTING("what a router says of the networks behind it"),
        NOTIFICATION("a notification of an event"),
        ECHO("sent by ourselves"),
        LINK_LAYER("no BACnet/IP, or a function of it that is for others"),
        ORIGIN("forwarded for somebody who cannot have sent it"),
        NETWORK_LAYER("a message between routers, or one for another network"),
        SHORT("shorter than what it says it is"),
        LONG("longer than any unsegmented message"),
        SEGMENTED("a part of a longer message, of which we take none"),
        SERVICE("a service that a collector does not offer"),
        TAGS("tags that overrun, do not nest, or nest too deep"),
        UNASKED("an answer that nobody waits for, or too late"),
        STRANGER("a notification from no device of ours"),
        FLOOD("more at once than we take");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isRefusal() {
            return compareTo(ECHO) > 0;
        }
    }

    private static final int DEEPEST = 8;

    private Fence() {
    }

    /** Judges the application layer's part of a datagram. */
    public static Verdict judge(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > Questions.LONGEST_ANSWER) {
            return Verdict.LONG;
        }
        if (length < 2) {
            return Verdict.SHORT;
        }
        int kind = bytes[from] >> 4 & 15;
        boolean segmented = (bytes[from] & 8) != 0;
        return switch (kind) {
            case 0 -> segmented ? Verdict.SEGMENTED : length < 4 ? Verdict.SHORT : request(bytes, from, to);
            case 1 -> announcement(bytes, from, to);
            case 2, 5, 6, 7 -> length < 3 ? Verdict.SHORT : Verdict.ANSWER;
            case 3 -> segmented ? Verdict.SEGMENTED : length < 3 ? Verdict.SHORT : Verdict.ANSWER;
            default -> Verdict.SEGMENTED; // 4 acknowledges a segment; 8 to 15 do not exist
        };
    }

    /** Whether that is what a device tells in answer to a question, or a part of it. */
    static boolean isAck(byte[] bytes, int from) {
        return bytes.length > from + 1 && (bytes[from] >> 4 & 15) == 3;
    }

    private static Verdict request(byte[] bytes, int from, int to) {
        int service = bytes[from + 3];
        Verdict kind = switch (service) {
            case Questions.READ_PROPERTY, Questions.READ_PROPERTY_MULTIPLE -> Verdict.QUESTION;
            case Questions.CONFIRMED_EVENT -> Verdict.NOTIFICATION;
            default -> Verdict.SERVICE;
        };
        return kind == Verdict.SERVICE || nest(bytes, from + 4, to) ? kind : Verdict.TAGS;
    }

    private static Verdict announcement(byte[] bytes, int from, int to) {
        int service = bytes[from + 1];
        Verdict kind = switch (service) {
            case Questions.I_AM -> Verdict.I_AM;
            case Questions.WHO_HAS, Questions.WHO_IS -> Verdict.QUESTION;
            case Questions.UNCONFIRMED_EVENT -> Verdict.NOTIFICATION;
            default -> Verdict.SERVICE;
        };
        return kind == Verdict.SERVICE || nest(bytes, from + 2, to) ? kind : Verdict.TAGS;
    }

    /** Whether every tag lies within the datagram and every opening one is closed. */
    private static boolean nest(byte[] bytes, int from, int to) {
        long open = 0; // one byte a level: the numbers of the tags that are open
        int depth = 0;
        int at = from;
        while (at < to) {
            int head = bytes[at++] & 0xFF;
            boolean context = (head & 8) != 0;
            int form = head & 7;
            int number = head >> 4;
            if (number == 15) {
                if (at == to) {
                    return false;
                }
                number = bytes[at++] & 0xFF;
            }
            if (context && form == 6) {
                if (depth++ == DEEPEST) {
                    return false;
                }
                open = open << 8 | number;
            } else if (context && form == 7) {
                if (depth-- == 0 || (open & 0xFF) != number) {
                    return false;
                }
                open >>>= 8;
            } else if (context || number != 1) { // an application Boolean has its value in the tag
                if (form > 5 || !context && number > 12) {
                    return false;
                }
                long length = form;
                if (form == 5) {
                    int width = at == to ? 0 : width(bytes[at] & 0xFF);
                    if (width == 0 || width > to - at) {
                        return false;
                    }
                    length = length(bytes, at, width);
                    at += width;
                }
                if (length > to - at) {
                    return false;
                }
                at += (int) length;
            }
        }
        return depth == 0;
    }

    private static int width(int first) {
        return first == 254 ? 3 : first == 255 ? 5 : 1;
    }

    private static long length(byte[] bytes, int at, int width) {
        if (width == 1) {
            return bytes[at] & 0xFF;
        }
        long length = 0;
        for (int i = 1; i < width; i++) {
            length = length << 8 | bytes[at + i] & 0xFF;
        }
        return length;
    }
}
