using System.Threading.RateLimiting;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Schools.Relay;

/// <summary>
/// Takes a few pledges of class devices at once and lets the others wait in their order: when the classes of a district come online
/// together, each with all that it signed without a network, the people who sign by phone at that moment wait no longer for it.
/// </summary>
public sealed class ClassSignQueue : IEndpointFilter, IDisposable
{
    /// <summary>At once, on one node; the ledger writes what it finds waiting in one transaction, so more would not be faster.</summary>
    public const int MaxAtOnce = 8;

    /// <summary>A device sends one after the other, so this many devices; beyond it 503, and the device sends again.</summary>
    public const int MaxWaiting = 2_000;

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxAtOnce,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var turn = await limiter.AcquireAsync(1, context.HttpContext.RequestAborted);
        return turn.IsAcquired ? await next(context) : Problem.Unavailable;
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
