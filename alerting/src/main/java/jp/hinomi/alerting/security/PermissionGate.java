package jp.hinomi.alerting.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jp.hinomi.alerting.access.Demand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Stands before every method that answers requests, and lets in who has the permission that it names. */
public final class PermissionGate implements HandlerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(PermissionGate.class);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true; // files; the end of a stream; the page that tells of an error
        }
        Demand demand = of(method);
        if (demand instanceof Demand.Of of) {
            Members.require(of.permission());
        } else if (demand instanceof Demand.Unsaid unsaid) {
            LOG.error("{}", unsaid.remedy());
            throw new AccessDeniedException(unsaid.remedy());
        }
        return true;
    }

    /** What a method asks for. */
    public static Demand of(HandlerMethod method) {
        return method.getBeanType() == BasicErrorController.class
                ? new Demand.Nothing("it only says what went wrong")
                : Demand.of(method.getBeanType(), method.getMethod());
    }
}
