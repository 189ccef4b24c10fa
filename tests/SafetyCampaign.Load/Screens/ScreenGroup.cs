using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Screens;

/// <summary>Many live screens of one event, kept alive until disposed.</summary>
internal sealed class ScreenGroup : IAsyncDisposable
{
    private readonly List<Screen> screens = [];
    private readonly CancellationTokenSource closing = new();
    private readonly Task keepingAlive;

    private ScreenGroup() => keepingAlive = KeepAliveAsync();

    public IReadOnlyList<Screen> Screens => screens;

    public int Broken => screens.Count(screen => screen.IsBroken);

    /// <summary>Fifty at a time come in, as after a router's restart.</summary>
    public static async Task<ScreenGroup> OpenAsync(RunningProgram program, SeededEvent e, int count)
    {
        var hall = new ScreenGroup();
        for (var left = count; left > 0; left -= 50)
        {
            var come = await Task.WhenAll(Enumerable.Range(0, Math.Min(left, 50)).Select(_ => Screen.OpenAsync(program.EndPoint, e.Code)));
            lock (hall.screens)
                hall.screens.AddRange(come);
        }
        await Task.Yield();
        return hall;
    }

    public bool HaveShown(int people) => screens.TrueForAll(screen => screen.HasShown(people));

    /// <summary>Forgets what was shown so far.</summary>
    public void Forget() => screens.ForEach(screen => screen.Shown.Clear());

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await keepingAlive;
        closing.Dispose();
        screens.ForEach(screen => screen.Dispose());
    }

    /// <summary>Each screen speaks every five seconds, spread evenly.</summary>
    private async Task KeepAliveAsync()
    {
        const int Turns = 100;
        for (var turn = 0; ; turn = (turn + 1) % Turns)
        {
            await Task.Delay(5000 / Turns, closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            if (closing.IsCancellationRequested)
                return;
            lock (screens)
                for (var i = turn; i < screens.Count; i += Turns)
                    screens[i].SayAlive();
        }
    }
}
