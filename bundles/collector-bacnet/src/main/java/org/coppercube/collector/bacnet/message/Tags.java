// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.ProtocolException;

/**
 * Walks the tags of a message (ASHRAE 135, 20.2.1), never past its end. The library's own decoder is not used on
 * answers: it loops for ever on some lengths, and refuses a whole list for one record that it does not know.
 */
public final class Tags {
    private static final int DEEPEST = 32;
    private static final int OPENING = 6;
    private static final int CLOSING = 7;

    private final byte[] bytes;
    private final int end;
    private int next;
    private int number;
    private boolean context;
    private int form;
    private int start;

    Tags(Part part) {
        bytes = part.bytes();
        next = part.from();
        end = part.to();
    }

    public boolean more() {
        return next < end;
    }

    /** Where the next tag begins. */
    int position() {
        return next;
    }

    /** Reads the next tag; its content is then at hand, and skipped by another call. */
    public Tags next() throws ProtocolException {
        int head = take();
        number = head >> 4;
        context = (head & 8) != 0;
        if (number == 15) {
            number = take();
        }
        form = head & 7;
        boolean empty = context ? form >= OPENING : number == 1; // an application Boolean has its value in the tag
        int length = empty ? 0 : form < 5 ? form : longLength();
        start = next;
        if (length > end - next || length < 0 || !context && form > 5) {
            throw new ProtocolException("a tag is longer than what holds it");
        }
        next += length;
        return this;
    }

    private int longLength() throws ProtocolException {
        int one = take();
        int bytesToCome = one == 254 ? 2 : one == 255 ? 4 : 0;
        int sum = bytesToCome == 0 ? one : 0;
        for (int i = 0; i < bytesToCome; i++) {
            sum = sum << 8 | take();
        }
        return sum; // a length beyond 2^31 comes out negative, and is refused by the caller
    }

    private int take() throws ProtocolException {
        if (next >= end) {
            throw new ProtocolException("it ends within a tag");
        }
        return bytes[next++] & 0xFF;
    }

    public boolean isOpening() {
        return context && form == OPENING;
    }

    private boolean isClosing() {
        return context && form == CLOSING;
    }

    public boolean isOpening(int wanted) {
        return isOpening() && number == wanted;
    }

    boolean isContext(int wanted) {
        return context && form < OPENING && number == wanted;
    }

    /** Number of the context tag at hand, -1 for any other. */
    public int context() {
        return context && form < OPENING ? number : -1;
    }

    /** Number of the application tag at hand, -1 for a context tag. */
    public int application() {
        return context ? -1 : number;
    }

    /** What stands in the tag at hand. */
    public Part content() {
        return new Part(bytes, start, next);
    }

    /** A Boolean: an application one stands in its tag, a context one in its content. */
    boolean bool() throws ProtocolException {
        return context ? content().unsigned() != 0 : form == 1;
    }

    /** Reads the next tag if it is the wanted context tag; otherwise it is not touched. */
    public boolean nextIsContext(int wanted) throws ProtocolException {
        int back = next;
        if (more() && next().isContext(wanted)) {
            return true;
        }
        next = back;
        return false;
    }

    /** What stands in the next tag, which must be this context tag. */
    public Part context(int wanted) throws ProtocolException {
        require(next().isContext(wanted), "context tag", wanted);
        return content();
    }

    /** What stands in the next tag, which must be this application tag. */
    public Part application(int wanted) throws ProtocolException {
        require(next().application() == wanted, "application tag", wanted);
        return content();
    }

    /** What stands in a whole pair, the next tag being its opening one; it is balanced. */
    public Part pair(int wanted) throws ProtocolException {
        open(wanted);
        return rest();
    }

    /** An opening tag being at hand: what stands in its pair. */
    public Part rest() throws ProtocolException {
        int from = next;
        return new Part(bytes, from, closing(1));
    }

    /** Goes on behind the closing tag to the opening one at hand. @return where it begins */
    private int closing(int depth) throws ProtocolException {
        require(depth < DEEPEST, "a depth below", DEEPEST);
        int opened = number;
        while (true) {
            int begin = next;
            if (next().isOpening()) {
                closing(depth + 1);
            } else if (isClosing()) {
                require(number == opened, "closing tag", opened);
                return begin;
            }
        }
    }

    /** The next tag must be this opening one. */
    void open(int wanted) throws ProtocolException {
        require(next().isOpening(wanted), "opening tag", wanted);
    }

    /** The next tag must be this closing one. */
    void close(int wanted) throws ProtocolException {
        require(next().isClosing() && number == wanted, "closing tag", wanted);
    }

    /** Nothing may follow. */
    void end() throws ProtocolException {
        if (more()) {
            throw new ProtocolException("expected its end");
        }
    }

    private static void require(boolean is, String what, int number) throws ProtocolException {
        if (!is) {
            throw new ProtocolException("expected " + what + " " + number);
        }
    }
}
