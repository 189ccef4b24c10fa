using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>
/// Answers 503 where the store is away, whatever was asked for: the error page says it in words, the API by a problem
/// (<see cref="ApiErrors"/>). The failure is logged once an outage (<see cref="StoreOutage"/>), not once a request.
/// </summary>
internal static class StoreFailures
{
    /// <summary>Also on the 503 of a page that shows its form again.</summary>
    private static readonly string SecondsToWait = Problem.Seconds(TimeSpan.FromSeconds(2));

    private static readonly object Failed = new();

    /// <summary>
    /// The store has failed this request, which is shown its form again: where the page lacks what it could not read, the
    /// answer is 503 all the same.
    /// </summary>
    public static void Note(HttpContext context) => context.Items[Failed] = true;

    public static void UseStoreFailures(this WebApplication app)
    {
        var outage = app.Services.GetRequiredService<StoreOutage>();
        app.Use((context, next) => AnswerAsync(context, next, outage));
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, StoreOutage outage)
    {
        context.Response.OnStarting(SayWhenToComeAgain, context);
        try
        {
            await next(context);
        }
        catch (Exception failure) when (
            (StoreFailure.Is(failure) || failure is LedgerUnavailableException || context.Items.ContainsKey(Failed))
            && !context.Response.HasStarted)
        {
            if (StoreFailure.Is(failure)) // of the others the ledger or the form has told
                outage.NoteFailure(failure);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static Task SayWhenToComeAgain(object state)
    {
        var response = ((HttpContext)state).Response;
        if (response.StatusCode == StatusCodes.Status503ServiceUnavailable && response.Headers.RetryAfter.Count == 0)
            response.Headers.RetryAfter = SecondsToWait;
        return Task.CompletedTask;
    }
}
