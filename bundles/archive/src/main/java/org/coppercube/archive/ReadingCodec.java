// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.coppercube.api.trend.Reading;

/**
 * One reading as bytes. Each kind has a number by its place in {@link #KINDS}; these numbers, and the order of
 * {@link Reading.Gap.Cause}, lie on disk: they may grow at the end and never change.
 */
final class ReadingCodec {

    static final int REAL = 0;
    static final int GAP = 15;
    private static final int NO_VALUE = 31;
    private static final HexFormat HEX = HexFormat.of();
    private static final Reading NULL = new Reading.Null();
    private static final List<Class<? extends Reading>> KINDS = List.of(
            Reading.Real.class, Reading.Double.class, Reading.Enumerated.class, Reading.Unsigned.class,
            Reading.Signed.class, Reading.Boolean.class, Reading.BitString.class, Reading.Text.class,
            Reading.Null.class, Reading.LogStatus.class, Reading.Failure.class, Reading.TimeChange.class,
            Reading.Any.class, Reading.Event.class, Reading.Undecodable.class, Reading.Gap.class);

    private ReadingCodec() {
    }

    static int kind(Reading reading) {
        return reading instanceof Reading.Real ? REAL : KINDS.indexOf(reading.getClass()); // most are
    }

    /** Whether readings of this kind are one whole number to the codec. */
    static boolean isWhole(int kind) {
        return kind >= 1 && kind <= 5;
    }

    static long whole(Reading reading) {
        if (reading instanceof Reading.Double r) {
            return Double.doubleToRawLongBits(r.value());
        } else if (reading instanceof Reading.Enumerated r) {
            return r.value();
        } else if (reading instanceof Reading.Unsigned r) {
            return r.value();
        } else if (reading instanceof Reading.Signed r) {
            return r.value();
        }
        return ((Reading.Boolean) reading).value() ? 1 : 0;
    }

    static Reading ofWhole(int kind, long value) {
        return switch (kind) {
            case 1 -> new Reading.Double(Double.longBitsToDouble(value));
            case 2 -> new Reading.Enumerated(value);
            case 3 -> new Reading.Unsigned(value);
            case 4 -> new Reading.Signed(value);
            default -> new Reading.Boolean(value != 0);
        };
    }

    /** Writes all but the kind. */
    static void write(Reading reading, ByteWriter out) {
        if (reading instanceof Reading.Real r) {
            out.int32(Float.floatToRawIntBits(r.value()));
        } else if (reading instanceof Reading.BitString r) {
            out.text(r.bits());
        } else if (reading instanceof Reading.Text r) {
            out.text(r.value());
        } else if (reading instanceof Reading.LogStatus r) {
            out.octet((r.logDisabled() ? 1 : 0) | (r.bufferPurged() ? 2 : 0) | (r.logInterrupted() ? 4 : 0));
        } else if (reading instanceof Reading.Failure r) {
            out.zigzag(r.errorClass());
            out.zigzag(r.errorCode());
        } else if (reading instanceof Reading.TimeChange r) {
            out.int32(Float.floatToRawIntBits(r.seconds()));
        } else if (reading instanceof Reading.Any r) {
            out.counted(HEX.parseHex(r.raw()));
            out.octet(r.value() == null ? NO_VALUE : kind(r.value()));
            if (r.value() != null) {
                write(r.value(), out);
            }
        } else if (reading instanceof Reading.Event r) {
            out.counted(HEX.parseHex(r.raw()));
            out.varint(r.fields().size());
            r.fields().forEach((name, value) -> {
                out.text(name);
                out.text(value);
            });
        } else if (reading instanceof Reading.Undecodable r) {
            out.counted(HEX.parseHex(r.raw()));
        } else if (reading instanceof Reading.Gap r) {
            out.varint(r.count());
            out.octet(r.cause().ordinal());
        } else if (isWhole(kind(reading))) {
            out.zigzag(whole(reading));
        }
    }

    static Reading read(int kind, ByteReader in) {
        return switch (kind) {
            case REAL -> new Reading.Real(Float.intBitsToFloat(in.int32()));
            case 6 -> new Reading.BitString(in.text());
            case 7 -> new Reading.Text(in.text());
            case 8 -> NULL;
            case 9 -> logStatus(in.octet());
            case 10 -> new Reading.Failure((int) in.zigzag(), (int) in.zigzag());
            case 11 -> new Reading.TimeChange(Float.intBitsToFloat(in.int32()));
            case 12 -> new Reading.Any(HEX.formatHex(in.counted()), readValue(in.octet(), in));
            case 13 -> new Reading.Event(HEX.formatHex(in.counted()), readFields(in));
            case 14 -> new Reading.Undecodable(HEX.formatHex(in.counted()));
            case GAP -> new Reading.Gap(in.varint(), Reading.Gap.Cause.values()[in.octet()]);
            default -> ofWhole(kind, in.zigzag());
        };
    }

    private static Reading logStatus(int bits) {
        return new Reading.LogStatus((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }

    private static Reading readValue(int kind, ByteReader in) {
        return kind == NO_VALUE ? null : read(kind, in);
    }

    private static SortedMap<String, String> readFields(ByteReader in) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (long left = in.varint(); left > 0; left--) {
            fields.put(in.text(), in.text());
        }
        return fields;
    }
}
