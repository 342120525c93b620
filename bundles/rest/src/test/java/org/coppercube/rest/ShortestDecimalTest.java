// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.Test;

/** Finds the shortest decimal the slow and certain way and compares. */
public class ShortestDecimalTest {

    @Test
    public void floatsThatJava17WritesTooLong() throws IOException {
        assertEquals("1.1E10", written(1.1E10f));
        assertEquals("9.007199E15", written(9.007199E15f));
    }

    @Test
    public void anyFloatIsTheShortestThatReadsBack() throws IOException {
        Random random = new Random(4511638);
        for (int i = 0; i < 20_000; i++) {
            float value = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt())
                    : random.nextInt(-1_000_000, 1_000_000) / 100f;
            if (Float.isFinite(value) && value != 0) {
                String text = written(value);
                assertEquals(text, value, Float.parseFloat(text), 0);
                assertEquals(text, shortest(value), digits(text));
            }
        }
    }

    /** How many significant digits it takes; Java writes two where one would do, so that counts as two. */
    private static int shortest(float value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 2;; digits++) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.FLOOR, RoundingMode.CEILING}) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                if (Float.parseFloat(rounded.toString()) == value) {
                    return Math.max(2, rounded.stripTrailingZeros().precision());
                }
            }
        }
    }

    private static int digits(String text) {
        return Math.max(2, new BigDecimal(text).stripTrailingZeros().precision());
    }

    private static String written(float value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Json.write(out, json -> json.writeNumber(value));
        return out.toString(UTF_8);
    }
}
