using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// Before the program serves anything: erases again where somebody has put an older database in place by other means than
/// <c>restore</c>, as with <c>pg_restore</c> or by copying the file. A corrected name is erased, since the corrected one is not known.
/// </summary>
internal sealed partial class ErasureReplayAtStart(ErasureList list, ErasureRecorder recorder, PledgeLedger ledger,
    CampaignDbFactory dbFactory, ILogger<ErasureReplayAtStart> log) : IHostedService
{
    private Task caughtUp = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var records = list.Read();
        await using var db = dbFactory.Open();
        if (!await ErasureSearch.KnowsAsync(db, records, cancellationToken))
            await RepeatAsync(await ErasureSearch.FindAllAsync(db, records, cancellationToken));
        // What was erased while there was no list, or by other nodes while this one was down.
        caughtUp = recorder.BeforeActIsAnsweredAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => caughtUp.WaitAsync(cancellationToken);

    private async Task RepeatAsync(IReadOnlyList<ErasureToRepeat> erasures)
    {
        var repeated = 0;
        foreach (var (record, place) in erasures)
            if (await (record.Kind switch
            {
                LedgerActKind.RehearsalWiped => ledger.WipeRehearsalAsync((int)place, by: null),
                LedgerActKind.MaskedNameWithdrawn => ledger.WithdrawMaskedNameAsync(place),
                LedgerActKind.Withdrawn => ledger.WithdrawAsync(place),
                _ => ledger.EraseAsync(place),
            }))
                repeated++;
        if (repeated > 0)
            LogErasedAgain(repeated);
    }

    [LoggerMessage(2402, LogLevel.Warning,
        "The database is older than the list of what was erased: {Requests} requests have been erased in it again")]
    private partial void LogErasedAgain(int requests);
}
