package jp.hinomi.alerting.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.Set;
import jp.hinomi.alerting.access.Demand;
import jp.hinomi.alerting.access.Permission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Stands before every method that answers requests, lets in who has the permission that it names, and keeps stakeholders to their
 * own rows.
 */
public final class PermissionGate implements AsyncHandlerInterceptor {
    /** What these show is the account's own, and in tables that stakeholders cannot read. */
    private static final Set<Permission> OWN = EnumSet.of(Permission.OWN_ACCOUNT, Permission.SECOND_STEP);

    private static final Logger LOG = LoggerFactory.getLogger(PermissionGate.class);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true; // files; the end of a stream; the page that tells of an error
        }
        RowScope.leave();
        Demand demand = of(method);
        if (demand instanceof Demand.Of of) {
            Members.require(of.permission());
            if (!OWN.contains(of.permission())) {
                RowScope.enter(Members.current());
            }
        } else if (demand instanceof Demand.Unsaid unsaid) {
            LOG.error("{}", unsaid.remedy());
            throw new AccessDeniedException(unsaid.remedy());
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
        RowScope.leave();
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        RowScope.leave();
    }

    /** What a method asks for. */
    public static Demand of(HandlerMethod method) {
        return method.getBeanType() == BasicErrorController.class
                ? new Demand.Nothing("it only says what went wrong")
                : Demand.of(method.getBeanType(), method.getMethod());
    }
}
