// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Refused;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;

/**
 * Questions that are on their way, and their repetition. Belongs to the loop. Answers do not pass through BACnet4J:
 * its requests wait for ever when a segment is lost, and it tells an answer by address and number alone.
 */
public final class Requests {
    /** The way out. */
    @FunctionalInterface
    public interface Wire {
        void send(Station to, byte[] apdu) throws IOException;

        /** A question was never answered. */
        default void fellSilent(Station station) {
        }
    }

    private final class Request {
        final Contact contact;
        final Station to;
        final int service;
        final int invokeId;
        final byte[] apdu;
        final int most; // times that it is sent
        final List<Gate> way;
        final CompletableFuture<Part> answer = new CompletableFuture<>();
        int passed;
        int tries;
        long sent;
        String hint = "";
        boolean tooLong;
        Future<?> timer;

        Request(Contact contact, Questions.Question question) {
            this.contact = contact;
            to = contact.station();
            service = question.service();
            invokeId = contact.nextInvokeId();
            apdu = question.apdu(invokeId);
            int usual = 1 + courtesy.retries();
            most = contact.times(usual);
            way = gates.to(to, contact.standing(usual));
        }

        /** Through one gate after the other; what it has passed it holds. */
        void advance() {
            if (passed < way.size()) {
                way.get(passed++).enter(this::advance);
            } else {
                outstanding.put(to, this);
                meter.outstanding(outstanding.size());
                send();
            }
        }

        void send() {
            if (tooLong) {
                meter.refused();
                end(Refused.tooLong());
                return;
            }
            if (tries++ >= most) {
                giveUp();
                return;
            }
            timer = loop.schedule(this::send, courtesy.timeout());
            sent = System.nanoTime();
            try {
                wire.send(to, apdu);
                if (tries == 1) {
                    meter.asked();
                } else {
                    meter.repeated();
                }
            } catch (IOException | RuntimeException | Error e) { // be it the address, or a class that is gone
                loop.execute(() -> end(new IOException("nothing can be sent: " + e.getMessage(), e)));
            }
        }

        void giveUp() {
            meter.unanswered();
            contact.hasNotAnswered();
            wire.fellSilent(to);
            end(new SocketTimeoutException("no answer" + hint));
        }

        /** A third of the time that an answer may take: it may be on its way, and the hint be a lie. */
        void giveUpSoon(String why) {
            if (hint.isEmpty()) {
                hint = why;
                timer.cancel(false);
                timer = loop.schedule(this::giveUp, courtesy.timeout().dividedBy(3));
            }
        }

        void end(IOException failure) {
            if (!answer.isDone()) {
                leave();
                answer.completeExceptionally(failure);
            }
        }

        void leave() {
            timer.cancel(false);
            outstanding.remove(to);
            meter.outstanding(outstanding.size());
            gates.leave(to, way);
        }
    }

    private final Loop loop;
    private final Wire wire;
    private final Courtesy courtesy;
    private final Meter meter;
    private final Gates gates;
    private final Map<Station, Request> outstanding = new HashMap<>();

    public Requests(Loop loop, Wire wire, Courtesy courtesy, Meter meter) {
        this.loop = loop;
        this.wire = wire;
        this.courtesy = courtesy;
        this.meter = meter;
        this.gates = new Gates(loop, courtesy);
    }

    /**
     * Asks a device. A second question to the same one waits for the first.
     *
     * @return what follows the service's number in the answer; else {@link Refused}, {@link SocketTimeoutException},
     *         or another IOException when nothing could be sent
     */
    public CompletableFuture<Part> ask(Contact contact, Questions.Question question) {
        Request request = new Request(contact, question);
        request.advance();
        return request.answer;
    }

    /** Takes an answer. @return whether somebody waits for it */
    public boolean answered(Station from, byte[] datagram, int apdu) {
        Request request = outstanding.get(from);
        if (request == null || (datagram[apdu + 1] & 0xFF) != request.invokeId) {
            return false;
        }
        Part content = new Part(datagram, apdu + 3, datagram.length);
        int service = datagram[apdu + 2];
        int kind = datagram[apdu] >> 4 & 15;
        if (kind <= Refused.ERROR && service != request.service
                || kind == Refused.ABORT && (datagram[apdu] & 1) == 0) {
            return false; // not from the one who serves
        }
        Duration took = request.tries == 1 ? Duration.ofNanos(System.nanoTime() - request.sent) : null;
        if (took != null) { // of one that was repeated nobody knows which was answered
            meter.took(took.toNanos());
        }
        request.contact.hasAnswered();
        request.contact.took(request.tries, took);
        request.leave();
        if (kind < Refused.ERROR) {
            request.answer.complete(content);
        } else {
            meter.refused();
            request.answer.completeExceptionally(Refused.read(kind, service & 0xFF, content));
        }
        return true;
    }

    /**
     * Something came that is too long to be an answer. If it is the device's, asking again does not help; but anybody
     * can send it in the device's name, so the answer has the rest of its time to come.
     */
    public void tooLong(Station from, int invokeId) {
        Request request = outstanding.get(from);
        if (request != null && request.invokeId == invokeId) {
            request.tooLong = true;
        }
    }

    /** A router says that it cannot pass anything on to this network. @return whether that concerns a question */
    public boolean rejected(InetSocketAddress router, int network, String why) {
        List<Request> there = outstanding.values().stream()
                .filter(one -> one.to.network() == network && one.to.link().equals(router)).toList();
        there.forEach(one -> one.giveUpSoon("; router " + router.getAddress().getHostAddress() + " says of network "
                + network + ": " + why));
        return !there.isEmpty();
    }
}
