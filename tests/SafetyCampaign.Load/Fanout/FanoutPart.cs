using System.Diagnostics;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Fanout;

/// <summary>How soon what is signed is seen, on one screen and on very many.</summary>
internal static class FanoutPart
{
    public static async Task RunAsync(RunOptions options, Report report)
    {
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options));
        var hall = new Auditorium(program, await SeededEvent.StartWithAsync(program), options, report);

        report.Progress.Now("warming up");
        await hall.SignAsync(phones: 200, rate: null, TimeSpan.FromSeconds(options.Short ? 1 : 4));
        await OneScreen.RunAsync(hall);
        await ThousandScreens.RunAsync(hall);
        await TenThousandScreens.RunAsync(hall);

        report.Intake("screens watch", hall.Signed);
        report.Recounted("fanout", await Recount.OfAsync(program, hall.Event, hall.Signed));
    }
}

/// <summary>What every part of the fanout needs: the program, its event, and all that was signed so far.</summary>
internal sealed record Auditorium(RunningProgram Program, SeededEvent Event, RunOptions Options, Report Report)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public List<LoadResult> Signed { get; } = [];

    /// <summary>Signs, and lets the last signature reach the screens before anybody looks at what they showed.</summary>
    public async Task<LoadResult> SignAsync(int phones, int? rate, TimeSpan duration, ScreenGroup? screens = null)
    {
        var result = await PledgeLoad.Of(Program, Event, phones, rate).RunAsync(duration);
        Signed.Add(result);
        var last = result.Acknowledged.Select(acknowledged => acknowledged.Answer.Number).DefaultIfEmpty().Max();
        var over = Stopwatch.GetTimestamp();
        while (screens is not null && !screens.HaveShown(last) && Stopwatch.GetElapsedTime(over) < Patience)
            await Task.Delay(20);
        return result;
    }
}
