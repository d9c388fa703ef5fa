package jp.hinomi.alerting.web;

import java.util.Map;
import jp.hinomi.alerting.console.Preferences;
import jp.hinomi.alerting.text.Refused;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.LocaleResolver;

/** Says in answers why a request was refused, in the reader's language; of what went wrong by itself nothing gets out. */
public final class Refusals extends DefaultErrorAttributes {
    private final LocaleResolver locales;

    Refusals(LocaleResolver locales) {
        this.locales = locales;
    }

    @Override
    public Map<String, Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
        Map<String, Object> attributes = super.getErrorAttributes(request, options);
        if (request instanceof ServletWebRequest of) {
            // For the page that tells of it; the answer to a program does not have it.
            of.getRequest().setAttribute("theme", Preferences.theme(of.getRequest()));
        }
        Refused.of(getError(request)).ifPresent(refused -> {
            if (request instanceof ServletWebRequest of) {
                attributes.put("message", refused.in(locales.resolveLocale(of.getRequest())));
            }
        });
        return attributes;
    }
}
