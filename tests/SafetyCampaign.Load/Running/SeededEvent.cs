using System.Text.Json;

namespace SafetyCampaign.Load.Running;

/// <summary>The event that is signed at: the demonstration event, open, with its classes.</summary>
internal sealed record SeededEvent(string Code, IReadOnlyList<int> Classes)
{
    private const string Demonstration = "DEM001";

    public string PledgesPath => $"/api/events/{Code}/pledges";

    public string TallyPath => $"/api/events/{Code}/tally";

    /// <summary>Creates the event on the program's data, before the program itself is started, and starts it.</summary>
    public static async Task<SeededEvent> StartWithAsync(RunningProgram program)
    {
        await program.DoAsync("demo");
        await program.StartAsync();
        return await OfAsync(program);
    }

    /// <summary>The event of a program that runs.</summary>
    public static async Task<SeededEvent> OfAsync(RunningProgram program)
    {
        using var facts = JsonDocument.Parse(await program.GetAsync($"/api/events/{Demonstration}"));
        return new SeededEvent(Demonstration,
            [.. facts.RootElement.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("id").GetInt32())]);
    }
}
