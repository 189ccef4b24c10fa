using System.Diagnostics;
using Microsoft.Playwright;

namespace SafetyCampaign.Load.Pace;

/// <summary>
/// A class signs on the relay page of a tablet that lies on the teacher's desk, without a network from the second pupil on.
/// </summary>
internal sealed class RelayAtPace
{
    /// <summary>Whether a pupil's turn is shown: on the sheet to write on, or on the screen with the other answers.</summary>
    private const string Shows =
        """
        name => {
          const [pad, turn] = [document.getElementById('pad'), document.getElementById('turn')];
          const title = pad.open ? pad.querySelector('h2') : turn.hidden ? null : turn.querySelector('h2');
          return !!title && title.textContent.includes(name);
        }
        """;

    private readonly Random random = new(20);
    private readonly IPage tablet;
    private readonly TouchHand hand;
    private int taps;

    private RelayAtPace(IPage tablet, TouchHand hand) => (this.tablet, this.hand) = (tablet, hand);

    /// <summary>From each tap to what it leads to.</summary>
    public Waits Waits { get; } = new();

    /// <summary>What all the writing took, for its share of the whole.</summary>
    public TimeSpan Writing { get; private set; }

    /// <summary>Written.</summary>
    public int Names { get; private set; }

    /// <summary>Taps for the pupils who simply sign; 1 is the fewest.</summary>
    public int Taps { get; private set; }

    /// <summary>Those pupils.</summary>
    public int Plain { get; private set; }

    public static async Task<RelayAtPace> OpenAsync(IPage tablet, Uri page)
    {
        await tablet.GotoAsync(page.ToString());
        await tablet.Locator("#start").WaitForAsync();
        return new RelayAtPace(tablet, await TouchHand.AtAsync(tablet));
    }

    /// <summary>From the first pupil's turn until the list stands there again after the last one's.</summary>
    public async Task<TimeSpan> SignAsync(IReadOnlyList<PacedPupil> pupils, Action<string> tell)
    {
        var line = pupils.Where(pupil => pupil.Doing != Doing.NotListed)
            .Concat(pupils.Where(pupil => pupil.Doing == Doing.Later).Select(pupil => pupil with { Doing = Doing.Signs })).ToList();
        await TapAsync("#start", line[0]);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < line.Count; i++)
        {
            tell($"{i + 1} of {line.Count}");
            if (i == 1)
                await tablet.Context.SetOfflineAsync(true);
            await TakeTurnAsync(line[i], i + 1 < line.Count ? line[i + 1] : null);
        }
        foreach (var pupil in pupils.Where(pupil => pupil.Doing == Doing.NotListed))
        {
            await TypeAsync(pupil);
            await TakeTurnAsync(pupil with { Doing = Doing.Signs }, null);
        }
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The network comes back; from then until nothing waits on the device.</summary>
    public async Task<TimeSpan> ComeOnlineAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await tablet.Context.SetOfflineAsync(false);
        await tablet.WaitForSelectorAsync("#sync:not(.waits)", new() { Timeout = 120_000 });
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task TakeTurnAsync(PacedPupil pupil, PacedPupil? next)
    {
        await Task.Delay(HumanPace.HandOver(random) + HumanPace.Mental);
        switch (pupil.Doing)
        {
            case Doing.Later:
                await AnswerAsync("skip", next);
                break;
            case Doing.Absent:
                await AnswerAsync("absent", next);
                break;
            case Doing.Declines:
                await AnswerAsync("declined", next);
                break;
            case Doing.Twice:
                await WriteAsync(pupil, next);
                await Task.Delay(HumanPace.Mental); // the teacher sees that it is no name
                await AnswerAsync("undo", pupil);
                await Task.Delay(HumanPace.Mental);
                await WriteAsync(pupil, next);
                break;
            default:
                var before = taps;
                await WriteAsync(pupil, next);
                Taps += taps - before;
                Plain++;
                break;
        }
    }

    private async Task WriteAsync(PacedPupil pupil, PacedPupil? next)
    {
        if (!await IsWritingAsync())
            await TapAsync("[data-turn=sign]", pupil);
        var whole = pupil.Name.Length * HumanPace.Character(random);
        var started = Stopwatch.GetTimestamp();
        await hand.WriteAsync(tablet.Locator("#pad canvas"), pupil.Name.Length, whole, random);
        Writing += Stopwatch.GetElapsedTime(started);
        Names++;
        await TapAsync("#pad [data-do=done]", next);
    }

    /// <summary>One of the answers beside signing.</summary>
    private async Task AnswerAsync(string answer, PacedPupil? next)
    {
        if (await IsWritingAsync())
        {
            await hand.TapAsync(tablet.Locator("#pad [data-do=cancel]"));
            await tablet.WaitForSelectorAsync("#pad", new() { State = WaitForSelectorState.Hidden });
        }
        await TapAsync($"[data-turn={answer}]", next);
    }

    private async Task TypeAsync(PacedPupil pupil)
    {
        await Task.Delay(HumanPace.Mental);
        await hand.TapAsync(tablet.Locator("#typed-name"));
        await Task.Delay(HumanPace.TypedName);
        await tablet.Keyboard.InsertTextAsync(pupil.Name);
        await TapAsync("#typed button", pupil);
    }

    /// <summary>Taps, and waits until the turn of somebody is shown; of nobody, until the list is.</summary>
    private async Task TapAsync(string key, PacedPupil? shown)
    {
        await hand.TapAsync(tablet.Locator(key));
        taps++;
        var started = Stopwatch.GetTimestamp();
        if (key.Contains("sign", StringComparison.Ordinal))
            await tablet.WaitForFunctionAsync("() => document.getElementById('pad').open");
        else if (shown is not null)
            await tablet.WaitForFunctionAsync(Shows, shown.Name);
        else
            await tablet.WaitForFunctionAsync("() => document.getElementById('turn').hidden");
        Waits.Add(Stopwatch.GetElapsedTime(started));
    }

    private Task<bool> IsWritingAsync() => tablet.EvaluateAsync<bool>("() => document.getElementById('pad').open");
}
