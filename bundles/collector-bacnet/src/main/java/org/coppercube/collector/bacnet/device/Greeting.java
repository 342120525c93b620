// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.coppercube.api.collect.DeviceClock;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.link.Absent;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/**
 * What a device is asked first at each visit: whether it is the one we know, what its clock shows, and whether it has
 * other objects than before. Belongs to the loop; who it is and its clock may be read by anybody.
 */
public final class Greeting {
    private final ObjectId device;
    private final ClockWatch clock;
    private final PropertyRef date;
    private final PropertyRef time;
    private final List<PropertyRef> marks; // either changes when an object is made or deleted
    private List<PropertyRef> useful;
    private final Map<PropertyRef, Long> marked = new HashMap<>();
    private volatile Identity identity = Identity.UNKNOWN;

    public Greeting(int instance, ClockWatch clock) {
        this.device = ObjectId.device(instance);
        this.clock = clock;
        this.date = new PropertyRef(device, PropertyRef.LOCAL_DATE);
        this.time = new PropertyRef(device, PropertyRef.LOCAL_TIME);
        this.marks = List.of(new PropertyRef(device, PropertyRef.DATABASE_REVISION),
                new PropertyRef(device, PropertyRef.OBJECT_LIST, 0));
        askAll();
    }

    /** From now on also what it did not tell until now. */
    void askAll() {
        useful = List.of(date, time, marks.get(0), marks.get(1));
    }

    /** Who it is. */
    List<PropertyRef> who() {
        return Identity.refs(device);
    }

    /** Who it is, and what else it is known to tell. */
    List<PropertyRef> all() {
        List<PropertyRef> refs = new ArrayList<>(who());
        refs.addAll(useful);
        return refs;
    }

    /** What shows by a single number that it has the same objects as before; none if it does not tell that. */
    List<PropertyRef> mark() {
        return marks.stream().filter(mark -> useful.contains(mark) && marked.containsKey(mark)).limit(1).toList();
    }

    /** The same, and its clock if it has one. */
    List<PropertyRef> markAndClock() {
        return Stream.concat(mark().stream(), Stream.of(date, time).filter(useful::contains)).toList();
    }

    /** Whether its {@link #mark} is as before. Another device would hardly have it. */
    boolean isAsBefore(Map<PropertyRef, PropertyValue> told, Contact contact) {
        boolean same = mark().stream()
                .allMatch(mark -> told.get(mark).unsigned().equals(OptionalLong.of(marked.get(mark))));
        if (same) {
            note(told, contact);
        }
        return same;
    }

    Identity identity() {
        return identity;
    }

    DeviceClock clock() {
        return clock.clock();
    }

    /** What changes when it is exchanged, renamed, or has other objects. */
    Object edition() {
        return List.of(identity, Map.copyOf(marked));
    }

    /** How who is there differs from the one we know, in words; empty if he does not. @throws Absent if nobody is */
    String differs(Map<PropertyRef, PropertyValue> told) throws Absent {
        return identity.difference(Identity.of(device, told));
    }

    /**
     * It is met for the first time, or may be another than before.
     *
     * @return how it differs from the one before, in words
     * @throws Absent if it is not there
     */
    String meet(Map<PropertyRef, PropertyValue> told, Contact contact) throws Absent {
        String difference = differs(told);
        identity = Identity.of(device, told);
        note(told, contact);
        return difference;
    }

    /**
     * It is met again.
     *
     * @return whether its objects are others than before
     * @throws IOException if it is not the same, or not there at all
     */
    boolean meetAgain(Map<PropertyRef, PropertyValue> told, Contact contact) throws IOException {
        String difference = differs(told);
        if (!difference.isEmpty()) {
            throw new ProtocolException(difference);
        }
        identity = identity.with(Identity.of(device, told));
        return note(told, contact);
    }

    /** @return whether its objects are others than before */
    private boolean note(Map<PropertyRef, PropertyValue> told, Contact contact) {
        List<PropertyRef> silent = new ArrayList<>();
        useful.stream().filter(told::containsKey).filter(ref -> told.get(ref).refusal().isPresent())
                .forEach(silent::add);
        if (told.containsKey(date) && told.containsKey(time)) {
            Optional<LocalDateTime> shown = told.get(date).read(day -> told.get(time)
                    .read(hour -> LogRecord.time(joined(day, hour).tags())).orElse(null));
            shown.ifPresentOrElse(now -> look(now, contact.roundTrip()), () -> silent.addAll(List.of(date, time)));
        }
        useful = useful.stream().filter(ref -> !silent.contains(ref)).toList();
        boolean changed = false;
        for (PropertyRef mark : marks) {
            OptionalLong now = told.containsKey(mark) ? told.get(mark).unsigned() : OptionalLong.empty();
            if (now.isPresent()) {
                Long before = marked.put(mark, now.getAsLong());
                changed |= before != null && before != now.getAsLong();
            }
        }
        return changed;
    }

    private void look(LocalDateTime shown, Duration roundTrip) {
        if (roundTrip != null) {
            Duration half = roundTrip.dividedBy(2);
            clock.showed(shown, Instant.now().minus(half), System.nanoTime() - half.toNanos());
        }
    }

    private static Part joined(Part one, Part two) {
        byte[] bytes = new byte[one.to() - one.from() + two.to() - two.from()];
        System.arraycopy(one.bytes(), one.from(), bytes, 0, one.to() - one.from());
        System.arraycopy(two.bytes(), two.from(), bytes, one.to() - one.from(), two.to() - two.from());
        return new Part(bytes);
    }
}
