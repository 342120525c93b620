// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.coppercube.collector.bacnet.link.Frames;

/** A router to network 2001, behind which the devices of a farm are, each with its instance as its address there. */
final class RouterTo implements AutoCloseable {
    static final int NETWORK = 2001;

    private final Neighbour front;
    private final DatagramSocket back;
    private final int farmPort;
    private final Thread thread;
    private volatile boolean passing = true;
    private volatile boolean claiming = true;
    private volatile int passed;

    RouterTo(String address, int port, int farmPort) throws IOException {
        this.front = new Neighbour(address, port);
        this.back = new DatagramSocket(new InetSocketAddress(address, 0));
        back.setSoTimeout(30_000);
        this.farmPort = farmPort;
        this.thread = new Thread(this::serve, "router " + address);
        thread.start();
    }

    InetSocketAddress address() {
        return front.address();
    }

    /** Whether it does what a router is for. */
    void pass(boolean passing) {
        this.passing = passing;
    }

    /** Whether it says so when it is asked. */
    void claim(boolean claiming) {
        this.claiming = claiming;
    }

    /** How many questions it has passed on. */
    int passed() {
        return passed;
    }

    void announce(InetSocketAddress to, int instance) {
        byte[] iAm = Hex.bytes("1000c402%06x2201e09103210f".formatted(instance));
        front.send(to, Frames.UNICAST, Hex.bytes("0108" + "07d1" + "01%02x".formatted(instance)), iAm);
    }

    void say(InetSocketAddress to, String npdu) {
        front.send(to, Frames.UNICAST, Hex.bytes(npdu));
    }

    private void serve() {
        try {
            while (true) {
                Neighbour.Heard heard = front.next();
                byte[] frame = heard.frame();
                if (frame.length == 9 && (frame[5] & 0x80) != 0 && frame[6] == Frames.WHO_IS_ROUTER) {
                    if (claiming) {
                        say(heard.from(), "018001" + "07d1");
                    }
                } else if (passing && frame[4] == 1 && (frame[5] & 0x20) != 0 && frame[8] == 1) {
                    passed++;
                    passOn(heard.from(), frame[9] & 0xFF, Arrays.copyOfRange(frame, 11, frame.length));
                }
            }
        } catch (IOException | AssertionError e) {
            return; // closed: the test is over
        }
    }

    private void passOn(InetSocketAddress from, int device, byte[] apdu) throws IOException {
        byte[] question = Frames.wrap(Frames.UNICAST, new byte[] {1, 4}, apdu).array();
        back.send(new DatagramPacket(question, question.length, new InetSocketAddress("127.1.0." + device, farmPort)));
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        back.receive(answer);
        front.send(from, Frames.UNICAST, Hex.bytes("0108" + "07d1" + "01%02x".formatted(device)),
                Arrays.copyOfRange(answer.getData(), 6, answer.getLength()));
    }

    @Override
    public void close() {
        front.close();
        back.close();
        try {
            thread.join(); // its sockets are there until it has left them
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
