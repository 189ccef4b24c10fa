using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Names;

/// <summary>Takes names off the stage whose pledges were withdrawn, erased or invalidated since: within a second, whoever did it.</summary>
internal sealed class NameRounds(NameGate gate, PublishedEvents events, StageConductor conductor, TimeProvider time, ILogger<NameRounds> log)
    : Rounds(TimeSpan.FromSeconds(1), time)
{
    protected override async Task RoundAsync(CancellationToken stopping)
    {
        foreach (var eventId in gate.OnStage)
            if (await events.FindAsync(eventId, stopping) is { } e && await gate.HasLeftAsync(e, stopping))
                await conductor.NamesChangedAsync(eventId);
    }

    protected override void Tell(Exception failure) => log.LogWarning("The names on the stages could not be looked at ({Reason}); trying again", failure.Message);
}
