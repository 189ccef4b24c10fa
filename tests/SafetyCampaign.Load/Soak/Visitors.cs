using System.Net.Http.Headers;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Soak;

/// <summary>Screens that come and go, twenty every two seconds, two hundred at a time; and tallies asked for ten times a second.</summary>
internal sealed class Visitors : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly RunningProgram program;
    private readonly SeededEvent e;
    private readonly Task[] visiting;

    public Visitors(RunningProgram program, SeededEvent e)
    {
        (this.program, this.e) = (program, e);
        visiting = [ComeAndGoAsync(), AskAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await Task.WhenAll(visiting);
        over.Dispose();
    }

    private async Task ComeAndGoAsync()
    {
        var halls = new Queue<ScreenGroup>();
        while (!over.IsCancellationRequested)
        {
            halls.Enqueue(await ScreenGroup.OpenAsync(program, e, 20));
            if (halls.Count > 10)
                await halls.Dequeue().DisposeAsync();
            await PauseAsync(2000);
        }
        foreach (var hall in halls)
            await hall.DisposeAsync();
    }

    private async Task AskAsync()
    {
        using var http = new HttpClient { BaseAddress = program.Address };
        EntityTagHeaderValue? known = null;
        while (!over.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, e.TallyPath);
            if (known is not null)
                request.Headers.IfNoneMatch.Add(known);
            using var answer = await http.SendAsync(request);
            if ((int)answer.StatusCode >= 400)
                throw new HttpRequestException($"The tally was answered with {(int)answer.StatusCode}.");
            known = answer.Headers.ETag;
            await PauseAsync(100);
        }
    }

    private Task PauseAsync(int milliseconds) => Task.Delay(milliseconds, over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
}
