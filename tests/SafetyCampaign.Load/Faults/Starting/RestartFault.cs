using System.Diagnostics;
using Microsoft.Playwright;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Starting;

/// <summary>An upgrade in the middle of the event: stopped in order, started again.</summary>
internal static class RestartFault
{
    private const string What = "Restart of the program under load";
    private const string Hold = "0 lost; organizers stay signed in; open phone pages still work";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RightLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Fault Fault { get; } = new("restart",
        "Restarts the program in order while phones sign and a stage watches; an organizer and a phone that opened their pages before go "
            + "on afterwards.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        if (SystemBrowser.Find() is not { } path)
        {
            run.Without("there is no Chromium or Chrome; CHROME_PATH may name one", What, Hold);
            return;
        }
        await using var program = new RunningProgram(run.Program);
        using var organizer = new DeskSession(program);
        await organizer.CreateAccountAsync();
        var e = await SeededEvent.StartWithAsync(program);
        await organizer.SignInAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemBrowser.LaunchAsync(playwright, path);
        var stage = await StageTab.OpenAsync(browser, new Uri(program.Address, $"/display/{e.Code}"));

        await using var phones = new RetryingPhones(() => program, e, phones: 10);
        var (ready, right) = (TimeSpan.Zero, TimeSpan.Zero);
        var others = new List<Acknowledged>();
        var wrong = new List<string>();
        for (var cycle = 0; cycle < (run.Short ? 1 : 10); cycle++)
        {
            run.Now($"restarting under load, {cycle + 1}");
            var message = SignMessage.Family(e.PledgesPath, e.Classes[0]);
            var key = await organizer.KeyOfPhonePageAsync(e);
            message.Carry(key);
            await program.RestartAsync();
            ready = Longer(ready, program.ReadyAfter);
            right = Longer(right, await RightAsync(stage, await organizer.PeopleAsync(e)));
            if (!await organizer.IsSignedInAsync())
                wrong.Add("the organizer was signed out");
            var answer = await Exchange.AskAsync(program.EndPoint, message.Bytes);
            if (answer.IsSigned)
                others.Add(new Acknowledged(key, message.People, answer));
            else
                wrong.Add($"a phone page opened before was answered {answer.Status}");
        }
        await phones.FinishAsync();
        var shown = await stage.ShownAsync();
        if (shown.Zip(shown.Skip(1)).Any(pair => pair.Second < pair.First))
            wrong.Add("the stage counted backwards");
        wrong.AddRange(phones.Wrong);
        wrong.AddRange((await Recount.OfAsync(program, e, phones.Acknowledged.Concat(others), [])).Wrong);
        run.Report.Absolute(What, Hold,
            $"{phones.Acknowledged.Count:N0} stored once{string.Concat(wrong.Distinct().Select(w => $"; {w}"))}", wrong.Count == 0);
        run.Report.Measured("Ready again after a restart under load", "≤ 1 s", $"slowest {ready.TotalMilliseconds:N0} ms",
            ready <= ReadyLimit);
        run.Report.Measured("Display right again once the program is ready", "≤ 2 s", $"slowest {right.TotalMilliseconds:N0} ms",
            right <= RightLimit);
    }

    private static async Task<TimeSpan> RightAsync(StageTab stage, int truth)
    {
        var since = Stopwatch.GetTimestamp();
        while (await stage.PeopleAsync() < truth && Stopwatch.GetElapsedTime(since) < Patience)
            await Task.Delay(10);
        return Stopwatch.GetElapsedTime(since);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
