namespace SafetyCampaign.Operations;

/// <summary>What the API and routing answer when something fails or nothing fits.</summary>
internal static class ApiErrors
{
    /// <summary>Bare statuses and exceptions become problems; never a stack trace, in any environment.</summary>
    public static void AnswerAsProblems(IApplicationBuilder api)
    {
        api.UseExceptionHandler(
            new ExceptionHandlerOptions { ExceptionHandler = context => Problem.OfStatus(context).ExecuteAsync(context) });
        api.UseStatusCodePages(status => Problem.OfStatus(status.HttpContext).ExecuteAsync(status.HttpContext));
    }

    /// <summary>
    /// Where no route fits, the answer is routing's own 404, 405 or 415. Without this the policy that denies by default
    /// would send the asker to the sign-in page instead.
    /// </summary>
    public static Task AnswerUnmatched(HttpContext context, RequestDelegate next)
    {
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case null:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            case var refusal:
                return refusal.RequestDelegate!(context);
        }
    }
}
