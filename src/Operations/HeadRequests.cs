namespace SafetyCampaign.Operations;

public static class HeadRequests
{
    /// <summary>
    /// HEAD is answered as GET is, wherever there is one; the server leaves the body out, by the method that it read itself. Before
    /// routing, which knows routes of the API by GET alone.
    /// </summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });
}
