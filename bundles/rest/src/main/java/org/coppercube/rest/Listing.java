// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;

/** Lists in pages. The cursor is the key of the last item, so that what comes and goes meanwhile moves no other. */
final class Listing {

    private static final int MOST = 1_000;

    private Listing() {
    }

    /** Writes one item of a list. */
    interface Item<K, T> {
        void write(JsonGenerator json, K key, T item) throws IOException;
    }

    /**
     * The page that {@code limit} and {@code cursor} mean.
     *
     * @param all all items that the other parameters mean
     * @param key reads what {@code toString} makes of a key
     */
    static <K, T> Answer answer(NavigableMap<K, T> all, Function<String, K> key, Params params, Item<K, T> item) {
        int limit = params.integer("limit", 1, MOST).orElse(100);
        Cursor cursor = new Cursor(params.without("limit", "cursor"));
        NavigableMap<K, T> rest = params
                .value("cursor", text -> key.apply(cursor.read(text)),
                        "\"next\" of the page before, with all other parameters but limit the same")
                .map(after -> all.tailMap(after, false)).orElse(all);
        List<Map.Entry<K, T>> page = rest.entrySet().stream().limit(limit).toList();
        String next = rest.size() > limit ? cursor.write(page.get(limit - 1).getKey().toString()) : null;
        return Answer.json(200, json -> Json.list(json, page,
                (to, entry) -> item.write(to, entry.getKey(), entry.getValue()), next));
    }
}
