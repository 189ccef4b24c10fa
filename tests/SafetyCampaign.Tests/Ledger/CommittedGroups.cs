using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>Remembers what the ledger has told of each commit; once told to, it fails at the next.</summary>
public sealed class CommittedGroups : ILedgerSubscriber
{
    private int failures;

    public ConcurrentQueue<IReadOnlyList<LedgerChange>> All { get; } = new();

    public static void Install(IServiceCollection services)
    {
        services.AddSingleton<CommittedGroups>();
        services.AddSingleton<ILedgerSubscriber>(provider => provider.GetRequiredService<CommittedGroups>());
    }

    public void FailOnce() => failures = 1;

    public void Opened()
    {
    }

    public void Committed(IReadOnlyList<LedgerChange> changes)
    {
        if (Interlocked.Exchange(ref failures, 0) > 0)
            throw new InvalidOperationException("A subscriber is broken.");
        All.Enqueue(changes);
    }
}
