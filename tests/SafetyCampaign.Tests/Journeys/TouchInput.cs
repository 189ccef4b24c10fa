using Microsoft.Playwright;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Draws with a finger: real touch events, as the screen of a phone reports them.</summary>
public static class TouchInput
{
    /// <summary>One stroke through points given as parts (0-1) of the element's width and height.</summary>
    public static async Task StrokeAsync(this ILocator canvas, params (double X, double Y)[] points)
    {
        var box = await canvas.BoundingBoxAsync() ?? throw new InvalidOperationException("There is nothing to draw on.");
        var session = await canvas.Page.Context.NewCDPSessionAsync(canvas.Page);
        await TouchAsync(session, "touchStart", At(points[0]));
        foreach (var point in points[1..])
            await TouchAsync(session, "touchMove", At(point));
        await TouchAsync(session, "touchEnd", null);
        await session.DetachAsync();

        (double, double) At((double X, double Y) part) => (box.X + part.X * box.Width, box.Y + part.Y * box.Height);
    }

    /// <summary>Two strokes that look like a name to nobody but are one.</summary>
    public static async Task SignAsync(this ILocator canvas)
    {
        await canvas.StrokeAsync((0.2, 0.3), (0.35, 0.5), (0.5, 0.35), (0.7, 0.6), (0.8, 0.3));
        await canvas.StrokeAsync((0.3, 0.7), (0.45, 0.65), (0.6, 0.75));
    }

    /// <summary>Several fingers and the hand they belong to, each event as it is said and without a pause.</summary>
    public static async Task<Hand> HandAsync(this ILocator canvas) =>
        new(await canvas.BoundingBoxAsync() ?? throw new InvalidOperationException("There is nothing to touch."),
            await canvas.Page.Context.NewCDPSessionAsync(canvas.Page));

    /// <summary>Taps as a finger does, which a browser may swallow.</summary>
    public static async Task FingerTapAsync(this ILocator key)
    {
        var hand = await key.HandAsync();
        await hand.TouchAsync(new Touch(0, 0.5, 0.5));
        await hand.LiftAsync();
    }

    private static async Task TouchAsync(ICDPSession session, string type, (double X, double Y)? at)
    {
        await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = at is { } point
                ? new object[] { new Dictionary<string, object> { ["x"] = point.X, ["y"] = point.Y } }
                : Array.Empty<object>(),
        });
        // A stroke that takes no time is a fling to the browser, which then swallows the next tap.
        await Task.Delay(16);
    }
}

/// <summary>Something on the glass: parts (0-1) of the width and height of what is touched, and half its own width in pixels.</summary>
public sealed record Touch(int Id, double X, double Y, double Radius = 10);

/// <summary>Touches one element until all of it is lifted, which the browser's tools do at once.</summary>
public sealed class Hand(LocatorBoundingBoxResult box, ICDPSession session)
{
    /// <summary>All that lies on the glass now, what did before among it.</summary>
    public Task TouchAsync(params Touch[] touches) => SendAsync("touchStart", touches);

    public Task MoveAsync(params Touch[] touches) => SendAsync("touchMove", touches);

    public Task LiftAsync() => SendAsync("touchEnd");

    private Task SendAsync(string type, params Touch[] touches) =>
        session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = touches.Select(touch => new Dictionary<string, object>
            {
                ["id"] = touch.Id,
                ["x"] = box.X + touch.X * box.Width,
                ["y"] = box.Y + touch.Y * box.Height,
                ["radiusX"] = touch.Radius,
                ["radiusY"] = touch.Radius,
            }).ToArray<object>(),
        });
}
