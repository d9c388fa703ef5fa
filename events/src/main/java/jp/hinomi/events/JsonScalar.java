package jp.hinomi.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The value of one JSON token as a {@link SecurityEvent} holds it. Stateless. */
public final class JsonScalar {
    private JsonScalar() {}

    /**
     * @return text, number or flag; a number that fits neither {@code long} nor {@code double} is kept as its text; null
     *     for {@code null} and for tokens that are no scalar
     */
    public static Object of(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getText()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> {
                double number = parser.getDoubleValue();
                yield Double.isFinite(number) ? (Object) number : parser.getText();
            }
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }
}
