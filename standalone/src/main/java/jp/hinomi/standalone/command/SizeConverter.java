package jp.hinomi.standalone.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads bytes: {@code 0 65536 64k 500m 2g}. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg]?)");

    @Override
    public Long convert(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no size: write bytes, or 64k, 500m, 2g");
        }
        int power = matcher.group(2).isEmpty() ? 0 : "kmg".indexOf(matcher.group(2)) + 1;
        return Long.parseLong(matcher.group(1)) << 10 * power;
    }
}
