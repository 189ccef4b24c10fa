using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Load.Pace;

/// <summary>Somebody decides the rows of a class's sheets, looking at each, by keyboard or by thumb.</summary>
/// <param name="page">Of the sheets, at the desk or by a class link.</param>
/// <param name="hand">The thumb; null where there is a keyboard.</param>
internal sealed class SheetsAtPace(IPage page, TouchHand? hand)
{
    /// <summary>The row whose turn it is, once it stands still; how long it moved, and whether it is to be seen whole.</summary>
    private const string Row =
        """
        seat => new Promise(done => {
          const began = performance.now();
          let [place, moved, still] = [null, began, 0];
          const step = () => {
            const row = document.activeElement?.closest('#decisions li');
            const now = row && !row.querySelector('input[type=radio]:checked') ? row.getBoundingClientRect() : null;
            if (now?.top !== place) {
              [place, moved, still] = [now?.top, performance.now(), 0];
            } else if (now && ++still > 6 || performance.now() - began > 5000) {
              const bar = document.querySelector('.decide-bar').getBoundingClientRect();
              return done(JSON.stringify({
                name: now ? row.querySelector('strong').textContent : '',
                isDoubtful: !!row?.classList.contains('doubtful'),
                inView: !!now && now.top >= -1 && now.bottom <= Math.max(bar.top, 0) + 1,
                moved: moved - began, stood: performance.now() - moved,
              }));
            }
            requestAnimationFrame(step);
          };
          step();
        })
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Until the next row stood.</summary>
    public Waits Rows { get; } = new();

    /// <summary>Until a page was counted and the next one stood.</summary>
    public Waits Pages { get; } = new();

    public int Presses { get; private set; }

    /// <summary>Rows that had to be scrolled to.</summary>
    public int OutOfView { get; private set; }

    public int Doubtful { get; private set; }

    private sealed record Shown(string Name, bool IsDoubtful, bool InView, double Moved, double Stood);

    /// <summary>Uploads photos as the page has it; how long until they are read.</summary>
    public async Task<TimeSpan> UploadAsync(IReadOnlyList<FilePayload> photos)
    {
        await page.Locator("#files").SetInputFilesAsync(photos);
        var started = Stopwatch.GetTimestamp();
        await page.Locator(".upload button").ClickAsync(new() { Timeout = 120_000 });
        await page.Locator(".notice.success").WaitForAsync(new() { Timeout = 120_000 });
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>From the first page's first row until the last page is counted.</summary>
    public async Task<TimeSpan> DecideAsync(IReadOnlyDictionary<string, PaperDecision> truth, int rowsOfPage, Action<string> tell)
    {
        await page.Locator(".pages a").First.ClickAsync();
        await page.Locator("#decisions").WaitForAsync();
        var started = Stopwatch.GetTimestamp();
        for (var left = truth.Count; left > 0; left -= rowsOfPage)
        {
            tell($"{truth.Count - left} of {truth.Count} rows");
            for (var row = 0; row < Math.Min(left, rowsOfPage); row++)
                await DecideRowAsync(truth);
            await CountAsync();
        }
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task DecideRowAsync(IReadOnlyDictionary<string, PaperDecision> truth)
    {
        var row = JsonSerializer.Deserialize<Shown>(await page.EvaluateAsync<string>(Row), Json)!;
        if (!truth.TryGetValue(row.Name, out var decision))
            throw new InvalidOperationException($"No pupil's row is shown, but \"{row.Name}\".");
        Rows.Add(TimeSpan.FromMilliseconds(row.Moved));
        Doubtful += row.IsDoubtful ? 1 : 0;
        if (!row.InView)
        {
            OutOfView++;
            await Task.Delay(HumanPace.Tap); // a swipe, or a turn of the wheel
        }
        // It was looked at while it already stood.
        var look = (row.IsDoubtful ? HumanPace.Mental : HumanPace.Look) - TimeSpan.FromMilliseconds(row.Stood);
        await Task.Delay(look > TimeSpan.Zero ? look : TimeSpan.Zero);
        var answer = decision switch { PaperDecision.WithGuardian => 1, PaperDecision.ChildOnly => 2, _ => 3 };
        if (hand is null)
            await KeyAsync($"{answer}");
        else
            await TapAsync(page.Locator($"#decisions li:has(strong:text-is('{row.Name}')) .choose label").Nth(answer - 1));
    }

    /// <summary>Counts the page; the next one follows.</summary>
    private async Task CountAsync()
    {
        await Task.Delay(HumanPace.Mental);
        await page.EvaluateAsync("() => { window.before = true; }");
        if (hand is null)
        {
            for (var tabs = 0; tabs < 100 && !await IsFocusedAsync("button.main[value=count]"); tabs++)
            {
                if (await IsFocusedAsync("input[name=HoldsGuardianConsent]"))
                    await KeyAsync("Space");
                await KeyAsync("Tab");
            }
            await KeyAsync("Enter");
        }
        else
        {
            await TapAsync(page.Locator("#decisions button.main[value=count]"));
        }
        var started = Stopwatch.GetTimestamp();
        await page.WaitForFunctionAsync("() => !window.before && document.querySelector('.notice.success')");
        Pages.Add(Stopwatch.GetElapsedTime(started));
    }

    private Task<bool> IsFocusedAsync(string what) =>
        page.EvaluateAsync<bool>("what => !!document.activeElement?.matches(what)", what);

    private async Task KeyAsync(string key)
    {
        Presses++;
        await Task.Delay(HumanPace.Key);
        await page.Keyboard.PressAsync(key);
    }

    private async Task TapAsync(ILocator where)
    {
        Presses++;
        await hand!.TapAsync(where);
    }
}
