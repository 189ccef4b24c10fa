using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// Starts the program itself on what a cut has left, and asks it for receipts and pages: the keys that seal a form must have
/// survived too.
/// </summary>
internal sealed class StartWitness(PublishedProgram program, string dataFolder, string database) : IWitness
{
    private const int Asked = 5;
    private readonly LedgerWitness ledger = new(database);

    public bool Notices(Moment moment) => ledger.Notices(moment);

    public async Task<CutResult> ExamineAsync(string folder)
    {
        await using var started =
            new RunningProgram(program) { DataFolder = Directory.CreateDirectory(Path.Combine(folder, dataFolder)).FullName };
        try
        {
            await started.StartAsync();
            await started.GetAsync("/");
            if (ledger.Acknowledged.Any())
                await started.GetAsync($"/e/{(await SeededEvent.OfAsync(started)).Code}");
            foreach (var receipt in ledger.Acknowledged.TakeLast(Asked))
                await started.GetAsync($"/r/{receipt}");
            await started.StopAsync();
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException)
        {
            return new CutResult(0, $"started anew: {failure.Message}");
        }
        return await ledger.ExamineAsync(folder);
    }
}
