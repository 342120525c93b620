// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Test;

public class LimitsTest {

    @Test
    public void unlessToldOtherwiseEverythingIsKeptAndTheDiskDoesNotFillUp() {
        Limits limits = Limits.of(settings(Map.of()));
        assertEquals(new DiskLimits(80, 100 << 20, 64 << 20), limits.disk());
        assertEquals(0, limits.retention().days(id(1)));
        assertEquals(0, limits.retention().bytes());
        assertEquals(false, limits.retention().haveDays());
    }

    @Test
    public void whatIsSetCounts() {
        Limits limits = Limits.of(settings(Map.of("retention.days", " 1825 ", "retention.logs",
                "hq.1200.*=365, hq-2.*.EL* = 0,*.TL5=36500", "retention.gigabytes", "50", "disk.warn.percent", "100",
                "disk.stop.megabytes", "0", "ballast.megabytes", "4096")));
        assertEquals(new DiskLimits(100, 0, 4L << 30), limits.disk());
        assertEquals(50L << 30, limits.retention().bytes());
        assertEquals(1_825, limits.retention().days(TrendLogId.parse("hq.12000.TL4")));
        assertEquals(365, limits.retention().days(TrendLogId.parse("hq.1200.TL5")));
        assertEquals(0, limits.retention().days(TrendLogId.parse("hq-2.1.EL5")));
        assertEquals(36_500, limits.retention().days(TrendLogId.parse("hq-2.1.TL5")));
    }

    @Test
    public void whatIsWrongIsRefusedWithKeyValueAndRule() {
        Map<String, String> wrong = Map.of("retention.days", "a year", "retention.gigabytes", "-1",
                "disk.warn.percent", "0", "disk.stop.megabytes", "1.5", "ballast.megabytes", "99999999999");
        wrong.forEach((key, value) -> {
            String refusal = refusal(key, value);
            assertTrue(refusal, refusal.startsWith(key + " is \"" + value + "\"; it must be a whole number, "));
        });
        for (String rule : new String[] {"hq.1200.*", "hq.1200.*=", "hq.1200.*=-1", "=5", "hq.1200.*=36501", "hq*=1=2",
            "[a-z]=5", "hq 1=5"}) {
            String refusal = refusal("retention.logs", "*.EL*=0, " + rule);
            assertTrue(refusal, refusal.startsWith("retention.logs has \"" + rule + "\"; each must be PATTERN=DAYS"));
        }
    }

    private static String refusal(String key, String value) {
        return assertThrows(IllegalArgumentException.class, () -> Limits.of(settings(Map.of(key, value)))).getMessage();
    }

    private static ArchiveKeeper.Config settings(Map<String, String> set) {
        Map<String, String> values = new HashMap<>(Map.of("retention.days", "0", "retention.logs", "",
                "retention.gigabytes", "0", "disk.warn.percent", "80", "disk.stop.megabytes", "100",
                "ballast.megabytes", "64", "capacity", "XL"));
        values.putAll(set);
        return new ArchiveKeeper.Config() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return ArchiveKeeper.Config.class;
            }

            @Override
            public String directory() {
                return "";
            }

            @Override
            public String retention_days() {
                return values.get("retention.days");
            }

            @Override
            public String retention_logs() {
                return values.get("retention.logs");
            }

            @Override
            public String retention_gigabytes() {
                return values.get("retention.gigabytes");
            }

            @Override
            public String disk_warn_percent() {
                return values.get("disk.warn.percent");
            }

            @Override
            public String disk_stop_megabytes() {
                return values.get("disk.stop.megabytes");
            }

            @Override
            public String ballast_megabytes() {
                return values.get("ballast.megabytes");
            }

            @Override
            public String capacity() {
                return values.get("capacity");
            }
        };
    }
}
