// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.HostPort;
import org.coppercube.collector.bacnet.message.Station;

/** Reads single values of a configuration. What it throws names the file and the key, and says the rule. */
public final class SettingsFile {
    private static final String PID = "org.coppercube.collector.bacnet";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PID) + "[-~](.+?)(\\.cfg|\\.config)?");
    /** Keys that the framework adds, and private ones. */
    private static final Pattern NOT_OURS =
            Pattern.compile("(service|component|felix|osgi|org\\.apache|webconsole)\\..*|\\..*|objectClass");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,7})(?:\\s*-\\s*(\\d{1,7}))?");
    private static final Pattern DEVICE = Pattern.compile("(\\d{1,7})\\s*@\\s*(\\S+)");
    private static final int LARGEST_INSTANCE = TrendLogId.MAX_INSTANCE;

    private final Map<String, String> defaults = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final String name;

    public SettingsFile(Map<String, ?> properties) {
        for (Method key : Keys.class.getDeclaredMethods()) {
            defaults.put(key(key.getName()), key.getDefaultValue() == null ? "" : key.getDefaultValue().toString());
        }
        properties.forEach((key, value) -> {
            if (!NOT_OURS.matcher(key).matches()) {
                values.put(key, String.valueOf(value).trim());
            }
        });
        this.name = name(properties);
    }

    /** From etc/org.coppercube.collector.bacnet-NAME.cfg, or from the PID where there is no file. */
    private static String name(Map<String, ?> properties) {
        Object file = properties.get("felix.fileinstall.filename");
        String from = String.valueOf(file == null ? properties.get("service.pid") : file);
        Matcher named = NAME.matcher(from.substring(from.lastIndexOf('/') + 1));
        return named.matches() ? named.group(1) : "default";
    }

    /** The key that a method of the configuration's annotation stands for (OSGi Declarative Services, 112.8.2.1). */
    private static String key(String method) {
        return method.replace("$", "").replace('_', '.');
    }

    public String name() {
        return name;
    }

    void requireKnownKeys() throws WrongSetting {
        for (String key : values.keySet()) {
            if (!defaults.containsKey(key)) {
                throw new WrongSetting(file(), key, values.get(key),
                        "there is no such key; the keys are " + String.join(", ", defaults.keySet()));
            }
        }
    }

    String site() throws WrongSetting {
        return TrendLogId.isSite(text("site")) ? text("site") : wrong("site", "it must be 1 to 40 of a-z, 0-9 and -");
    }

    /** The site, empty if it is not a valid one. */
    public String validSite() {
        return TrendLogId.isSite(text("site")) ? text("site") : "";
    }

    String networkInterface(String key) throws WrongSetting {
        return HostPort.isInFigures(text(key)) && !HostPort.isAddress(text(key))
                ? wrong(key, "it must be an IPv4 address or the name of a network interface") : text(key);
    }

    int number(String key, int least, int most) throws WrongSetting {
        try {
            int number = Integer.parseInt(text(key));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        return wrong(key, "it must be a number from " + least + " to " + most);
    }

    boolean flag(String key) throws WrongSetting {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> wrong(key, "it must be true or false");
        };
    }

    <E extends Enum<E>> E choice(String key, Class<E> choices) throws WrongSetting {
        for (E one : choices.getEnumConstants()) {
            if (word(one).equals(text(key))) {
                return one;
            }
        }
        return wrong(key, "it must be one of "
                + Stream.of(choices.getEnumConstants()).map(SettingsFile::word).collect(Collectors.joining(", ")));
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    ZoneId zone(String key) throws WrongSetting {
        try {
            return text(key).isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text(key));
        } catch (DateTimeException e) {
            return wrong(key, "it must be a zone as in Europe/Vienna");
        }
    }

    List<DeviceRanges.Range> ranges(String key) throws WrongSetting {
        List<DeviceRanges.Range> ranges = new ArrayList<>();
        for (String item : list(key)) {
            Matcher m = RANGE.matcher(item);
            int from = m.matches() ? Integer.parseInt(m.group(1)) : -1;
            int to = from < 0 || m.group(2) == null ? from : Integer.parseInt(m.group(2));
            if (from < 0 || to < from || to > LARGEST_INSTANCE) {
                return wrong(key, "it must be instances and ranges as in 1-1999, 5000, none above " + LARGEST_INSTANCE);
            }
            ranges.add(new DeviceRanges.Range(from, to));
        }
        return ranges;
    }

    List<InetSocketAddress> addresses(String key, int port) throws WrongSetting {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String item : list(key)) {
            Optional<InetSocketAddress> address = HostPort.parse(item, port);
            addresses.add(address.isPresent() ? address.get() : wrong(key,
                    "it must be made of IPv4 addresses or host names, and ports, as in 10.0.0.5:47808"));
        }
        return addresses;
    }

    Map<Integer, Station> devices(String key, int port) throws WrongSetting {
        Map<Integer, Station> devices = new TreeMap<>();
        for (String item : list(key)) {
            Matcher m = DEVICE.matcher(item);
            boolean instance = m.matches() && Integer.parseInt(m.group(1)) <= LARGEST_INSTANCE;
            Optional<Station> station = instance ? Station.parse(m.group(2), port) : Optional.empty();
            if (station.isEmpty()) {
                return wrong(key, "it must be a list as in 1200@10.0.0.5:47808, 1201@ahu-5.example, and behind a "
                        + "router, which must be named by its IPv4 address, 1202@10.0.0.6/2001/12: network 1 to 65534, "
                        + "address there 0 to 255, or hexadecimal as in 0x0a000005bac0; not " + item);
            }
            devices.put(Integer.valueOf(m.group(1)), station.get());
        }
        return devices;
    }

    private List<String> list(String key) {
        return Stream.of(text(key).split(",")).map(String::trim).filter(item -> !item.isEmpty()).toList();
    }

    /** The value of a key, trimmed; its default where it is not set. */
    String text(String key) {
        return values.getOrDefault(key, defaults.get(key));
    }

    <T> T wrong(String key, String rule) throws WrongSetting {
        throw new WrongSetting(file(), key, text(key), rule);
    }

    /** Name of the file. */
    String file() {
        return PID + "-" + name + ".cfg";
    }
}
