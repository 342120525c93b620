// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Questions that are on their way, and their repetition. Belongs to the loop. Answers do not pass through BACnet4J:
 * its requests wait for ever when a segment is lost, and it tells an answer by address and number alone.
 */
final class Requests {
    /** The way out. */
    @FunctionalInterface
    interface Wire {
        void send(Station to, byte[] apdu) throws IOException;
    }

    private static final int CEILING = 200;
    /** Announced devices that never answered must not keep the others waiting: anybody can announce any number. */
    private static final int CEILING_OF_STRANGERS = 50;
    private static final int SIMPLE_ACK = 2;
    private static final int COMPLEX_ACK = 3;
    private static final int ERROR = 5;
    private static final int REJECT = 6;
    private static final int ABORT = 7;

    private final class Request {
        final Contact contact;
        final Station to;
        final boolean known;
        final int service;
        final int invokeId;
        final byte[] apdu;
        final CompletableFuture<Part> answer = new CompletableFuture<>();
        int tries;
        long sent;
        Future<?> timer;

        Request(Contact contact, Questions.Question question) {
            this.contact = contact;
            to = contact.station();
            known = contact.isKnown();
            service = question.service();
            invokeId = contact.nextInvokeId();
            apdu = question.apdu(invokeId);
        }

        void send() {
            if (tries++ > retries) {
                end(new SocketTimeoutException("no answer"));
                return;
            }
            timer = loop.schedule(this::send, timeout);
            sent = System.nanoTime();
            try {
                wire.send(to, apdu);
            } catch (IOException | RuntimeException e) { // an address may be one that nothing can be sent to
                loop.execute(() -> end(new IOException("nothing can be sent: " + e.getMessage(), e)));
            }
        }

        void end(IOException failure) {
            if (answer.isDone()) {
                return;
            }
            leave();
            answer.completeExceptionally(failure);
            sendWaiting();
        }

        void leave() {
            outstanding.remove(to);
            strangersOutstanding -= known ? 0 : 1;
            timer.cancel(false);
        }
    }

    private final Loop loop;
    private final Wire wire;
    private final Duration timeout;
    private final int retries;
    private final Map<Station, Request> outstanding = new HashMap<>();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final Queue<Request> waitingStrangers = new ArrayDeque<>();
    private int strangersOutstanding;

    Requests(Loop loop, Wire wire, Duration timeout, int retries) {
        this.loop = loop;
        this.wire = wire;
        this.timeout = timeout;
        this.retries = retries;
    }

    /**
     * Asks a device. A second question to the same one waits for the first.
     *
     * @return what follows the service's number in the answer; else {@link Refused}, {@link SocketTimeoutException},
     *         or another IOException when nothing could be sent
     */
    CompletableFuture<Part> ask(Contact contact, Questions.Question question) {
        Request request = new Request(contact, question);
        (request.known ? waiting : waitingStrangers).add(request);
        sendWaiting();
        return request.answer;
    }

    private void sendWaiting() {
        for (int tries = waiting.size(); tries > 0 && outstanding.size() < CEILING; tries--) {
            sendOrWait(waiting);
        }
        for (int tries = waitingStrangers.size(); tries > 0 && strangersOutstanding < CEILING_OF_STRANGERS; tries--) {
            sendOrWait(waitingStrangers);
        }
    }

    private void sendOrWait(Queue<Request> queue) {
        Request request = queue.remove();
        if (outstanding.putIfAbsent(request.to, request) == null) {
            strangersOutstanding += request.known ? 0 : 1;
            request.send();
        } else {
            queue.add(request);
        }
    }

    /** Takes an answer; one to a question that nobody asked is passed over. */
    void answered(Station from, byte[] datagram, int apdu) {
        Request request = outstanding.get(from);
        if (request == null || (datagram[apdu + 1] & 0xFF) != request.invokeId) {
            return;
        }
        Part content = new Part(datagram, apdu + 3, datagram.length);
        int service = datagram[apdu + 2];
        int kind = datagram[apdu] >> 4 & 15;
        if (kind <= ERROR && service != request.service || kind == ABORT && (datagram[apdu] & 1) == 0) {
            return; // not from the one who serves
        }
        IOException refusal = switch (kind) {
            case COMPLEX_ACK, SIMPLE_ACK -> null;
            case ERROR -> error(content);
            case REJECT -> Refused.reject(service & 0xFF);
            default -> Refused.abort(service & 0xFF);
        };
        request.leave();
        request.contact.hasAnswered();
        request.contact.took(request.tries == 1 ? Duration.ofNanos(System.nanoTime() - request.sent) : null);
        if (refusal == null) {
            request.answer.complete(content);
        } else {
            request.answer.completeExceptionally(refusal);
        }
        sendWaiting();
    }

    private static IOException error(Part content) {
        try {
            return Refused.error(content.tags());
        } catch (ProtocolException e) {
            return e;
        }
    }
}
