using System.Diagnostics;
using System.Net;
using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Relay;

/// <summary>
/// A teacher's device on which a class has signed without a network. It sends as the relay page does: one pledge after the other on
/// one connection, each with its own key; what is answered 429 or 5xx is sent again after the pause that the answer names.
/// </summary>
internal sealed class ClassDevice(HttpClient http, RelayClass group, string code)
{
    private readonly List<(Guid Key, SignMessage Message)> waiting =
        [.. group.Seats.Select(seat =>
            (Guid.CreateVersion7(), SignMessage.Pupil(group.Secret, code, group.ClassId, seat, DateTimeOffset.UtcNow)))];

    public Latencies Took { get; } = new();

    public List<Acknowledged> Acknowledged { get; } = [];

    /// <summary>Answers that asked to come again, by status.</summary>
    public Dictionary<int, int> Refused { get; } = [];

    /// <summary>Sends all that waits. Nothing is taken off the device before its answer.</summary>
    public async Task SendAllAsync()
    {
        foreach (var (key, message) in waiting)
            while (await TrySendAsync(key, message) is { } pause)
                await Task.Delay(pause);
    }

    /// <returns>How long to wait before the same is sent again; null where it is done.</returns>
    private async Task<TimeSpan?> TrySendAsync(Guid key, SignMessage message)
    {
        message.Carry(key);
        var sent = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Path) { Content = new ReadOnlyMemoryContent(message.Json) };
        request.Content.Headers.ContentType = new("application/json");
        using var response = await http.SendAsync(request);
        var answer = Answer.ReadBody((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
        if (answer.IsSigned)
        {
            Took.AddSince(sent);
            Acknowledged.Add(new Acknowledged(key, message.People, answer, sent, Stopwatch.GetTimestamp()));
            return null;
        }
        Refused[answer.Status] = Refused.GetValueOrDefault(answer.Status) + 1;
        return response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1)
            : null;
    }
}
