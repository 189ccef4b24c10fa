using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>
/// Logs what fails in the hub, but not a refusal: anyone may ask for an event that is not there, as often as they like.
/// SignalR's own log, which would tell of both with a stack trace, is off in appsettings.json.
/// </summary>
internal sealed partial class HubExceptionFilter(StoreOutage outage, ILogger<HubExceptionFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            outage.NoteFailure(failure);
            throw new HubException("unavailable"); // the screen asks again
        }
        catch (Exception failure) when (failure is not HubException && !invocation.Context.ConnectionAborted.IsCancellationRequested)
        {
            LogCallFailed(failure);
            throw;
        }
    }

    [LoggerMessage(1702, LogLevel.Error, "A screen asked and got no answer")]
    private partial void LogCallFailed(Exception exception);
}
