using System.Diagnostics;
using Microsoft.Playwright;

namespace SafetyCampaign.Load.Pace;

/// <summary>A hand at the glass, as slow as one: real touch events, of one finger.</summary>
internal sealed class TouchHand
{
    /// <summary>As often as most screens tell where a finger is.</summary>
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(1000.0 / 60);

    /// <summary>Of the time that writing takes, what the finger spends on the glass; the rest it moves above it.</summary>
    private const double OnGlass = 0.6;

    private readonly ICDPSession tools;

    private TouchHand(ICDPSession tools) => this.tools = tools;

    public static async Task<TouchHand> AtAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

    /// <summary>Moves there and taps; ends when the finger leaves the glass.</summary>
    public async Task TapAsync(ILocator key)
    {
        var started = Stopwatch.GetTimestamp();
        var box = await BoxAsync(key);
        await UntilAsync(started, HumanPace.Tap - HumanPace.Touch);
        await SendAsync("touchStart", (box.X + box.Width / 2, box.Y + box.Height / 2));
        await Task.Delay(HumanPace.Touch);
        await SendAsync("touchEnd", null);
    }

    /// <summary>Writes so many characters, six to ten strokes each, over the given time.</summary>
    public async Task WriteAsync(ILocator canvas, int characters, TimeSpan whole, Random random)
    {
        var started = Stopwatch.GetTimestamp();
        var box = await BoxAsync(canvas);
        var side = Math.Min(box.Height * 0.45, box.Width * 0.8 / characters);
        var left = box.X + (box.Width - side * characters) / 2;
        var top = box.Y + box.Height * 0.3;
        var strokes = Enumerable.Range(0, characters).SelectMany(c => Enumerable.Repeat(c, random.Next(6, 11))).ToList();
        var each = whole / strokes.Count;
        // Sent in order, but not awaited one by one: a hand does not wait for what it writes to be seen.
        var sent = new List<Task>();
        for (var i = 0; i < strokes.Count; i++)
        {
            var (from, bend, to) = (Anywhere(strokes[i]), Anywhere(strokes[i]), Anywhere(strokes[i]));
            sent.Add(SendAsync("touchStart", from));
            // By the clock, so that a slow machine tells fewer places of a stroke instead of writing more slowly.
            for (var at = 0.0; at < 1;)
            {
                await Task.Delay(Sample);
                at = Math.Min(1, (Stopwatch.GetElapsedTime(started) - each * i) / (each * OnGlass));
                sent.Add(SendAsync("touchMove", Between(from, bend, to, at)));
            }
            sent.Add(SendAsync("touchEnd", null));
            await UntilAsync(started, each * (i + 1));
        }
        await Task.WhenAll(sent);

        (double X, double Y) Anywhere(int character) =>
            (left + side * (character + 0.1 + 0.8 * random.NextDouble()), top + side * random.NextDouble());
    }

    /// <summary>A quadratic curve.</summary>
    private static (double, double) Between((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, double t) =>
        ((1 - t) * (1 - t) * a.X + 2 * t * (1 - t) * b.X + t * t * c.X, (1 - t) * (1 - t) * a.Y + 2 * t * (1 - t) * b.Y + t * t * c.Y);

    private static async Task UntilAsync(long started, TimeSpan at)
    {
        if (at - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } left)
            await Task.Delay(left);
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator where) =>
        await where.BoundingBoxAsync() ?? throw new InvalidOperationException("There is nothing to touch.");

    private Task SendAsync(string type, (double X, double Y)? at) => tools.SendAsync("Input.dispatchTouchEvent", new()
    {
        ["type"] = type,
        ["touchPoints"] = at is { } point
            ? new object[] { new Dictionary<string, object> { ["x"] = point.X, ["y"] = point.Y } }
            : Array.Empty<object>(),
    });
}
