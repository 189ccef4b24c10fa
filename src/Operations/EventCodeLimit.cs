using System.Collections.Concurrent;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>
/// Keeps event codes from being tried out. An address has a budget of codes that no event has; a code that was right there
/// before costs nothing, ever. Once the budget is used up, any other code is answered the same, whether an event has it or
/// not, so that the answer tells nothing; people at the address who have signed there, or whose screen shows the event, go on.
/// </summary>
public sealed class EventCodeLimit
{
    /// <summary>Some 100 bytes each. Above it they are forgotten, which matters to addresses alone that have no budget left.</summary>
    private const int MaxKnown = 200_000;

    private readonly ConcurrentDictionary<(UInt128 Address, string Code), bool> known = new();
    private readonly PublishedEvents events;
    private readonly RateLimitBudgets budgets;
    private readonly bool isEnabled;

    internal EventCodeLimit(PublishedEvents events, RateLimitBudgets budgets, bool isEnabled) =>
        (this.events, this.budgets, this.isEnabled) = (events, budgets, isEnabled);

    /// <summary>How long the asker is to wait before it may try this code; null where it may now.</summary>
    /// <param name="context">The request, for its address.</param>
    /// <param name="typed">The code as typed; what cannot be one costs nothing.</param>
    public ValueTask<TimeSpan?> WaitAsync(HttpContext context, string? typed)
    {
        if (!isEnabled || !EventCode.TryParse(typed, out var code))
            return default;
        var address = ClientNetwork.Of(context);
        return known.ContainsKey((address, code)) ? default : CheckAsync(address, code, context.RequestAborted);
    }

    /// <summary>The same for the code of a take-home slip, which the caller has looked up.</summary>
    /// <param name="context">The request, for its address.</param>
    /// <param name="code">As typed.</param>
    /// <param name="exists">Whether a slip has it.</param>
    public TimeSpan? WaitForSlip(HttpContext context, string code, bool exists)
    {
        var address = ClientNetwork.Of(context);
        if (!isEnabled || known.ContainsKey((address, code)))
            return null;
        if (budgets.WaitForUnknownCode(address) is { } wait)
            return wait;
        if (!exists)
            return budgets.TakeUnknownCode(address);
        Remember(address, code);
        return null;
    }

    private async ValueTask<TimeSpan?> CheckAsync(UInt128 address, string code, CancellationToken cancellationToken)
    {
        if (budgets.WaitForUnknownCode(address) is { } wait)
            return wait;
        if (await events.FindAsync(code, cancellationToken) is not { IsPublic: true })
            return budgets.TakeUnknownCode(address);
        Remember(address, code);
        return null;
    }

    private void Remember(UInt128 address, string code)
    {
        if (known.Count > MaxKnown)
            known.Clear();
        known[(address, code)] = true;
    }
}
