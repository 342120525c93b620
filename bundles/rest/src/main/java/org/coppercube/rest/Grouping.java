// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.TrendLogId;

/**
 * What held and lost records are counted by.
 *
 * @param <K> the keys, which are in an order and whose {@code toString} can be read again
 * @param held key of a log's samples; empty where nobody counts these
 * @param lost key of a loss
 * @param read reads a key
 * @param writer writes a key's fields
 */
record Grouping<K>(Optional<Function<TrendLogId, K>> held, Function<Loss, K> lost, Function<String, K> read,
        Writer<K> writer) {

    /** By the names that the API has for them. */
    static final Map<String, Grouping<?>> ALL = Map.of(
            "log", byLog(id -> id, TrendLogId::parse, (json, id) -> json.writeStringField("log", id.toString())),
            "device", byLog(id -> new DeviceKey(id.site(), id.device()), DeviceKey::parse, (json, device) -> {
                json.writeStringField("site", device.home());
                json.writeNumberField("device", device.instance());
            }),
            "site", byLog(TrendLogId::site, site -> site, (json, site) -> json.writeStringField("site", site)),
            "day", new Grouping<>(Optional.empty(), Loss::day, LocalDate::parse,
                    (json, day) -> json.writeStringField("day", day.toString())));

    /** Writes the fields that say what an item is of. */
    interface Writer<K> {
        void write(JsonGenerator json, K key) throws IOException;
    }

    private static <K> Grouping<K> byLog(Function<TrendLogId, K> key, Function<String, K> read, Writer<K> writer) {
        return new Grouping<>(Optional.of(key), loss -> key.apply(loss.log()), read, writer);
    }
}
