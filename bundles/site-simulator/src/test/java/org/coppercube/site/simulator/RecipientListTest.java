// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.confirmed.AddListElementRequest;
import com.serotonin.bacnet4j.service.confirmed.ConfirmedRequestService;
import com.serotonin.bacnet4j.service.confirmed.RemoveListElementRequest;
import com.serotonin.bacnet4j.service.confirmed.WritePropertyRequest;
import com.serotonin.bacnet4j.type.constructed.Address;
import com.serotonin.bacnet4j.type.constructed.Destination;
import com.serotonin.bacnet4j.type.constructed.EventTransitionBits;
import com.serotonin.bacnet4j.type.constructed.Recipient;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class RecipientListTest {

    private static final ObjectIdentifier CLASS = new ObjectIdentifier(ObjectType.notificationClass, 1);
    private static final Destination DEVICE = destination(new Recipient(new ObjectIdentifier(ObjectType.device, 42)));
    private static final Destination ADDRESS =
            destination(new Recipient(new Address(0, new byte[] {127, 0, 21, (byte) 200, (byte) 0xBA, (byte) 0xC0})));
    private static final String ADDED = "200708";
    private static final String REMOVED = "200709";

    private final Play play = new Play(Instant.parse("2026-11-23T12:00:00Z"), "--devices=1", "--notify=10");
    private final Client client = new Client(play.device());

    @Test
    public void recipientsAreAddedAndRemoved() throws BACnetException {
        assertEquals(ADDED, client.answer(add(DEVICE, ADDRESS)));
        assertEquals(List.of(DEVICE, ADDRESS), recipients());
        assertEquals(ADDED, client.answer(add(ADDRESS))); // it is there already: nothing changes
        assertEquals(List.of(DEVICE, ADDRESS), recipients());
        assertEquals(REMOVED, client.answer(remove(DEVICE)));
        assertEquals(List.of(ADDRESS), recipients());
    }

    @Test
    public void theListIsWrittenWhole() throws BACnetException {
        client.answer(add(DEVICE));
        assertEquals("20070f", client.answer(new WritePropertyRequest(CLASS, PropertyIdentifier.recipientList, null,
                new SequenceOf<>(ADDRESS), null)));
        assertEquals(List.of(ADDRESS), recipients());
    }

    @Test
    public void whatIsNotThereCannotBeRemoved() throws BACnetException {
        client.answer(add(DEVICE));
        assertEquals("500709" + "0e" + "9105" + "9151" + "0f" + "1902", client.answer(remove(DEVICE, ADDRESS)));
        assertEquals(List.of(DEVICE), recipients());
    }

    @Test
    public void aFullListTakesNoMore() throws BACnetException {
        for (int i = 0; i < 32; i++) {
            Recipient another = new Recipient(new ObjectIdentifier(ObjectType.device, i));
            assertEquals(ADDED, client.answer(add(destination(another))));
        }
        assertEquals("500708" + "0e" + "9103" + "9113" + "0f" + "1901", client.answer(add(DEVICE)));
        assertEquals(32, recipients().size());
    }

    @Test
    public void otherPropertiesAreNoLists() {
        assertEquals("500708" + "0e" + "9105" + "9116" + "0f" + "1900", client.answer(
                new AddListElementRequest(CLASS, PropertyIdentifier.objectName, null, new SequenceOf<>(DEVICE))));
        assertEquals("50070f" + "9102" + "9128", client.answer(new WritePropertyRequest(CLASS,
                PropertyIdentifier.notificationClass, null, new UnsignedInteger(2), null)));
    }

    @Test
    public void withoutNotificationsThereIsNoClassAndNoService() throws BACnetException {
        Play plain = new Play(Instant.parse("2026-11-23T12:00:00Z"), "--devices=1");
        assertEquals("600709", new Client(plain.device()).answer(add(DEVICE)));
        assertTrue(services(client, play).isAddListElement());
        assertFalse(services(new Client(plain.device()), plain).isAddListElement());
        assertTrue(plain.device().find(CLASS.getObjectType().intValue() << 22 | 1L).isEmpty());
    }

    @Test
    public void everyTruncationAndEveryMutationIsAnswered() {
        byte[] request = Client.apdu(add(DEVICE, ADDRESS));
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            byte[] bad = request.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt();
            }
            assertNotNull(Dialogue.answer(play.device(), ByteBuffer.wrap(bad, 0, 4 + random.nextInt(bad.length - 3))));
        }
    }

    static ConfirmedRequestService add(Destination... destinations) {
        return new AddListElementRequest(CLASS, PropertyIdentifier.recipientList, null, new SequenceOf<>(destinations));
    }

    static ConfirmedRequestService remove(Destination... destinations) {
        return new RemoveListElementRequest(CLASS, PropertyIdentifier.recipientList, null,
                new SequenceOf<>(destinations));
    }

    private static Destination destination(Recipient recipient) {
        return new Destination(recipient, new UnsignedInteger(7), Boolean.TRUE,
                new EventTransitionBits(true, true, true));
    }

    private static ServicesSupported services(Client client, Play play) throws BACnetException {
        return client.property(play.device().id(), PropertyIdentifier.protocolServicesSupported);
    }

    private List<Destination> recipients() throws BACnetException {
        return client.<SequenceOf<Destination>>property(CLASS, PropertyIdentifier.recipientList).getValues();
    }
}
