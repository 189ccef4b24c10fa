using System.Text.Json;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Faults;

/// <summary>A screen that watches and somebody who asks for the tally all the time, while the program has other worries.</summary>
internal sealed class Observers : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>On a busy machine an answer can be late; what takes this long hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly ScreenGroup hall;
    private readonly Task asking;
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<string, int> wrong = [];

    private Observers(ScreenGroup hall, RunningProgram program, SeededEvent e)
    {
        this.hall = hall;
        asking = AskAsync(program, e);
    }

    public static async Task<Observers> OfAsync(RunningProgram program, SeededEvent e) =>
        new(await ScreenGroup.OpenAsync(program, e, 1), program, e);

    /// <summary>Leaves, and says what was not right: nothing shown, no answer, or counted backwards.</summary>
    public async Task<IReadOnlyList<string>> LeaveAsync()
    {
        await closing.CancelAsync();
        await asking;
        if (hall.Broken > 0)
            Note("the screen was cut off");
        // The screen still reads while this looks, and may add to the list: what has come by now is looked at, by index.
        var shown = hall.Screens[0].Shown;
        var count = shown.Count;
        if (count == 0)
            Note("the screen was shown nothing");
        if (Enumerable.Range(1, Math.Max(0, count - 1)).Any(i => shown[i].People < shown[i - 1].People))
            Note("the screen counted backwards");
        return [.. wrong.Select(w => $"{w.Key} ({w.Value:N0} times)")];
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await asking;
        await hall.DisposeAsync();
        closing.Dispose();
    }

    private async Task AskAsync(RunningProgram program, SeededEvent e)
    {
        using var http = new HttpClient { BaseAddress = program.Address, Timeout = Longest };
        for (var last = 0; !closing.IsCancellationRequested; await Task.Delay(Pause))
            try
            {
                using var tally = JsonDocument.Parse(await http.GetStringAsync(e.TallyPath));
                var people = tally.RootElement.GetProperty("people").GetInt32();
                if (people < last)
                    Note("the tally counted backwards");
                last = people;
            }
            catch (HttpRequestException failure)
            {
                Note($"the tally was answered {(failure.StatusCode is { } status ? (int)status : failure.HttpRequestError)}");
            }
            catch (TaskCanceledException)
            {
                Note($"the tally was not answered within {Longest.TotalSeconds:0} s");
            }
    }

    private void Note(string what) => wrong[what] = wrong.GetValueOrDefault(what) + 1;
}
