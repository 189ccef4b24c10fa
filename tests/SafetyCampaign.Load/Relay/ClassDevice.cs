using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Relay;

/// <summary>A class's device that has found its network again: sends what waits on it one by one, and waits where it is told to.</summary>
internal sealed class ClassDevice(RunningProgram program, SeededEvent e, PlantedClass group) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = program.Address };

    public Latencies Latencies { get; } = new();

    public List<Acknowledged> Acknowledged { get; } = [];

    /// <summary>Answers that told it to come later.</summary>
    public int Waits { get; private set; }

    public async Task SendAsync()
    {
        foreach (var (place, pupil) in group.Pupils.Index())
        {
            var key = Guid.NewGuid(); // as the device makes it, with no network
            while (await TrySendAsync(key, pupil, $"王小明{place + 1}") is { } wait)
            {
                Waits++;
                await Task.Delay(wait);
            }
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Null where it is on disk; else how long to wait.</summary>
    private async Task<TimeSpan?> TrySendAsync(Guid key, int pupil, string name)
    {
        var sent = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync($"/api/class/{group.Secret}/pledges?event={e.Code}", new
        {
            key,
            textVersions = new { student = 1 },
            classId = group.ClassId,
            signers = new object[] { new { role = "student", name, signature = Ink.Signature } },
            seat = pupil,
            signedAt = DateTimeOffset.UtcNow,
        });
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            return answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
        var read = Answer.ReadBody((int)answer.StatusCode, body);
        if (!read.IsSigned)
            throw new InvalidOperationException($"A pupil's pledge was answered with {answer.StatusCode}.");
        Latencies.AddSince(sent);
        Acknowledged.Add(new Acknowledged(key, 1, read));
        return null;
    }
}
