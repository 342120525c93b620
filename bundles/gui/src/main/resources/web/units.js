// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** Symbols of the units that a building's logs mostly have (ASHRAE 135, 21, BACnetEngineeringUnits). */
const SYMBOLS = new Map(Object.entries({
  "amperes": "A", "cubic-feet-per-minute": "cfm", "cubic-meters": "m³", "cubic-meters-per-hour": "m³/h",
  "degrees-celsius": "°C", "degrees-fahrenheit": "°F", "degrees-kelvin": "K", "hertz": "Hz", "hours": "h",
  "inches-of-water": "inH₂O", "kilopascals": "kPa", "kilowatt-hours": "kWh", "kilowatts": "kW", "liters": "L",
  "liters-per-second": "L/s", "luxes": "lx", "megawatt-hours": "MWh", "minutes": "min", "no-units": "",
  "parts-per-million": "ppm", "pascals": "Pa", "percent": "%", "percent-relative-humidity": "% RH",
  "seconds": "s", "volts": "V", "watts": "W",
}));

/**
 * @param {string | null | undefined} units in the standard's spelling
 * @returns {string} the symbol, or the words
 */
export function unitText(units) {
  return units ? SYMBOLS.get(units) ?? units.replaceAll("-", " ") : "";
}
