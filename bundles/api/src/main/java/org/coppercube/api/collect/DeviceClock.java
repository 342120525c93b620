// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.time.Duration;
import java.time.Instant;

/**
 * A device's clock, read at each visit and compared with ours by the rules of the site's time zone.
 *
 * @param ahead how much it was ahead of ours; negative when it was behind; to about half a response time
 * @param measured when
 * @param jumps how often it was more than a minute off what the measurement before had foretold
 */
public record DeviceClock(Duration ahead, Instant measured, int jumps) {
}
