// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

        /** A question was never answered. */
        default void fellSilent(Station station) {
        }
    }

    private static final int MOST_TRUNKS = 1000; // anybody can announce devices on any network
    private static final int SIMPLE_ACK = 2;
    private static final int COMPLEX_ACK = 3;
    private static final int ERROR = 5;
    private static final int REJECT = 6;
    private static final int ABORT = 7;

    /** A network behind a router. */
    private record Trunk(InetSocketAddress router, int network, Contact.Standing standing) {
    }

    private final class Request {
        final Contact contact;
        final Station to;
        final int service;
        final int invokeId;
        final byte[] apdu;
        final List<Gate> gates;
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
            gates = gates(to, contact.standing());
        }

        /** Through one gate after the other; what it has passed it holds. */
        void advance() {
            if (passed < gates.size()) {
                gates.get(passed++).enter(this::advance);
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
            if (tries++ > courtesy.retries()) {
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
            } catch (IOException | RuntimeException e) { // an address may be one that nothing can be sent to
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
            gates.forEach(Gate::leave);
            if (gates.get(0).isIdle()) {
                stations.remove(to);
            }
        }
    }

    private final Loop loop;
    private final Wire wire;
    private final Courtesy courtesy;
    private final Meter meter;
    private final Throttle atAnyPace = pace(0);
    /**
     * Devices that do not answer have lines of their own, here and in each trunk: nobody who does must wait until they
     * are given up. Among them those that never answered have another: anybody can announce any number of these.
     */
    private final Map<Contact.Standing, Gate> network = new EnumMap<>(Contact.Standing.class);
    private final Map<Station, Gate> stations = new HashMap<>();
    private final Map<Trunk, Gate> trunks = new HashMap<>();
    private final Map<Station, Request> outstanding = new HashMap<>();

    Requests(Loop loop, Wire wire, Courtesy courtesy, Meter meter) {
        this.loop = loop;
        this.wire = wire;
        this.courtesy = courtesy;
        this.meter = meter;
        Throttle pace = pace(courtesy.perSecond());
        int few = Math.max(1, courtesy.outstanding() / 4);
        network.put(Contact.Standing.ANSWERS, new Gate(loop, courtesy.outstanding(), pace));
        network.put(Contact.Standing.SILENT, new Gate(loop, few, pace));
        network.put(Contact.Standing.STRANGER, new Gate(loop, few, pace));
    }

    private static Throttle pace(int perSecond) {
        return new Throttle(perSecond, 1 + perSecond / 10, System.nanoTime());
    }

    private List<Gate> gates(Station to, Contact.Standing standing) {
        Gate station = stations.computeIfAbsent(to, one -> new Gate(loop, 1, atAnyPace));
        if (to.network() == 0) {
            return List.of(station, network.get(standing));
        }
        if (trunks.size() >= MOST_TRUNKS) {
            trunks.values().removeIf(Gate::isIdle);
        }
        Courtesy.Routed routed = courtesy.routed();
        int most = standing == Contact.Standing.ANSWERS ? routed.outstanding() : 1;
        Gate trunk = trunks.computeIfAbsent(new Trunk(to.link(), to.network(), standing),
                one -> new Gate(loop, most, pace(routed.perSecond())));
        return List.of(station, trunk, network.get(standing));
    }

    /**
     * Asks a device. A second question to the same one waits for the first.
     *
     * @return what follows the service's number in the answer; else {@link Refused}, {@link SocketTimeoutException},
     *         or another IOException when nothing could be sent
     */
    CompletableFuture<Part> ask(Contact contact, Questions.Question question) {
        Request request = new Request(contact, question);
        request.advance();
        return request.answer;
    }

    /** Takes an answer. @return whether somebody waits for it */
    boolean answered(Station from, byte[] datagram, int apdu) {
        Request request = outstanding.get(from);
        if (request == null || (datagram[apdu + 1] & 0xFF) != request.invokeId) {
            return false;
        }
        Part content = new Part(datagram, apdu + 3, datagram.length);
        int service = datagram[apdu + 2];
        int kind = datagram[apdu] >> 4 & 15;
        if (kind <= ERROR && service != request.service || kind == ABORT && (datagram[apdu] & 1) == 0) {
            return false; // not from the one who serves
        }
        IOException refusal = switch (kind) {
            case COMPLEX_ACK, SIMPLE_ACK -> null;
            case ERROR -> error(content);
            case REJECT -> Refused.reject(service & 0xFF);
            default -> Refused.abort(service & 0xFF);
        };
        Duration took = request.tries == 1 ? Duration.ofNanos(System.nanoTime() - request.sent) : null;
        if (took != null) { // of one that was repeated nobody knows which was answered
            meter.took(took.toNanos());
        }
        request.contact.hasAnswered();
        request.contact.took(took);
        request.leave();
        if (refusal == null) {
            request.answer.complete(content);
        } else {
            meter.refused();
            request.answer.completeExceptionally(refusal);
        }
        return true;
    }

    /**
     * Something came that is too long to be an answer. If it is the device's, asking again does not help; but anybody
     * can send it in the device's name, so the answer has the rest of its time to come.
     */
    void tooLong(Station from, int invokeId) {
        Request request = outstanding.get(from);
        if (request != null && request.invokeId == invokeId) {
            request.tooLong = true;
        }
    }

    private static IOException error(Part content) {
        try {
            return Refused.error(content.tags());
        } catch (ProtocolException e) {
            return e;
        }
    }

    /** A router says that it cannot pass anything on to this network. @return whether that concerns a question */
    boolean rejected(InetSocketAddress router, int network, String why) {
        List<Request> there = outstanding.values().stream()
                .filter(one -> one.to.network() == network && one.to.link().equals(router)).toList();
        there.forEach(one -> one.giveUpSoon("; router " + router.getAddress().getHostAddress() + " says of network "
                + network + ": " + why));
        return !there.isEmpty();
    }
}
