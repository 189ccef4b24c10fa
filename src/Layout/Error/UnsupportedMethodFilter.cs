using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace SafetyCampaign.Layout;

/// <summary>
/// Razor Pages renders a page that has no handler for a request's method, without having loaded anything. This filter
/// answers 405 instead.
/// </summary>
internal sealed class UnsupportedMethodFilter : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var method = context.HttpContext.Request.Method;
        if (context.HandlerMethod is not null
            || HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) // to read needs no handler
            || context.HandlerInstance is ErrorPage) // stands in for whatever was asked
            return;
        var takesForms = context.ActionDescriptor.HandlerMethods.Any(h => HttpMethods.IsPost(h.HttpMethod));
        context.HttpContext.Response.Headers.Allow = takesForms ? "GET, POST" : "GET";
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
