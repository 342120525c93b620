// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.trend.TrendLogId;

/** Reads single values of a configuration. What it throws names the file and the key, and says the rule. */
final class SettingsFile {
    private static final String PID = "org.coppercube.collector.bacnet";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PID) + "[-~](.+?)(\\.cfg|\\.config)?");
    /** Keys that the framework adds, and private ones. */
    private static final Pattern NOT_OURS =
            Pattern.compile("(service|component|felix|osgi|org\\.apache|webconsole)\\..*|\\..*|objectClass");
    private static final Pattern FIGURES = Pattern.compile("[\\d.]*");
    private static final Pattern ADDRESS = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern HOST = Pattern.compile("(\\p{Alnum}[\\p{Alnum}_-]{0,62}(\\.(?!$)|$)){1,100}");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,7})(?:\\s*-\\s*(\\d{1,7}))?");
    private static final Pattern DEVICE = Pattern.compile("(\\d{1,7})\\s*@\\s*(\\S+)");
    private static final int LARGEST_INSTANCE = TrendLogId.MAX_INSTANCE;

    private final Map<String, String> defaults = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final String name;

    SettingsFile(Map<String, ?> properties) {
        for (Method key : BacnetNetwork.Config.class.getDeclaredMethods()) {
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

    String name() {
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
    String validSite() {
        return TrendLogId.isSite(text("site")) ? text("site") : "";
    }

    String networkInterface(String key) throws WrongSetting {
        return FIGURES.matcher(text(key)).matches() && !isAddress(text(key))
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
            addresses.add(address(key, item, port));
        }
        return addresses;
    }

    Map<Integer, InetSocketAddress> devices(String key, int port) throws WrongSetting {
        Map<Integer, InetSocketAddress> devices = new TreeMap<>();
        for (String item : list(key)) {
            Matcher m = DEVICE.matcher(item);
            if (!m.matches() || Integer.parseInt(m.group(1)) > LARGEST_INSTANCE) {
                return wrong(key, "it must be a list as in 1200@10.0.0.5:47808, 1201@10.0.0.6");
            }
            devices.put(Integer.valueOf(m.group(1)), address(key, m.group(2), port));
        }
        return devices;
    }

    /** Whether this is an IPv4 address in numbers; a name would have to be looked up, which may take its time. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    private InetSocketAddress address(String key, String text, int usualPort) throws WrongSetting {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        try {
            int port = colon < 0 ? usualPort : Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > 65535) {
                throw new NumberFormatException();
            }
            if (isAddress(host)) {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            }
            if (HOST.matcher(host).matches() && !FIGURES.matcher(host).matches()) {
                return InetSocketAddress.createUnresolved(host, port);
            }
        } catch (NumberFormatException | UnknownHostException e) {
            // said below
        }
        return wrong(key, "it must be made of IPv4 addresses or host names, and ports, as in 10.0.0.5:47808");
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
