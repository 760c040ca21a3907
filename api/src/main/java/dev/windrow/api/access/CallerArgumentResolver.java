package dev.windrow.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the {@link Caller} as an argument, so that none can forget to ask who calls. */
public final class CallerArgumentResolver implements HandlerMethodArgumentResolver {
    private static final String RESOLVED = CallerArgumentResolver.class.getName();

    private final Callers callers;

    public CallerArgumentResolver(Callers callers) {
        this.callers = callers;
    }

    /** Who sent the request, if that was asked already. */
    public static Optional<Caller> resolved(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(RESOLVED));
    }

    /** Says who sent the request, where that is known before a controller asks. */
    public static void resolve(HttpServletRequest request, Caller caller) {
        request.setAttribute(RESOLVED, caller);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
        if (servletRequest == null) {
            throw new IllegalStateException("no servlet request");
        }
        Caller caller = callers.of(servletRequest);
        servletRequest.setAttribute(RESOLVED, caller);
        return caller;
    }
}
