package jp.hinomi.alerting.web;

import java.util.Map;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.server.ResponseStatusException;

/** Says in answers why a request was refused, in the words of whoever refused it; of what went wrong by itself nothing gets out. */
public final class Refusals extends DefaultErrorAttributes {
    @Override
    public Map<String, Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
        Map<String, Object> attributes = super.getErrorAttributes(request, options);
        if (getError(request) instanceof ResponseStatusException refusal && refusal.getReason() != null) {
            attributes.put("message", refusal.getReason());
        }
        return attributes;
    }
}
