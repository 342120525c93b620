// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of the answer to a query.
 *
 * @param slices in record order: by run, then by sequence
 * @param next where the next page starts; empty when this is the last one
 */
public record Page(List<Slice> slices, OptionalLong next) {
}
