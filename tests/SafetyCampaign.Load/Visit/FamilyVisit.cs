using System.Diagnostics;
using System.Net.Sockets;
using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Visit;

/// <summary>
/// One family's phone: nothing cached, cookies and connections of its own. Files come over up to six connections, as browsers open
/// them; the other parts over the first.
/// </summary>
internal sealed class FamilyVisit(VisitPlan plan) : IDisposable
{
    private const int MaxConnections = 6;

    private readonly int number = VisitPlan.NextNumber();
    private readonly List<PhoneConnection> connections = [new(plan.Server)];
    private string cookies = "";

    /// <summary>What the server said is on disk.</summary>
    public Acknowledged? Signed { get; private set; }

    /// <summary>Where the bodies are to be kept, in the order in which they were asked for; null for nowhere.</summary>
    public List<byte[]>? Keep { get; init; }

    /// <summary>Does one part; what goes wrong is counted.</summary>
    public async Task DoAsync(VisitPart part, VisitTally tally)
    {
        var started = Stopwatch.GetTimestamp();
        var paths = plan.Paths(part, Signed?.Answer.Receipt ?? "");
        List<Reply> replies = [];
        try
        {
            replies = part == VisitPart.Signature && plan.Message is { } message
                ? [await SignAsync(message(number))]
                : await GetAsync(paths);
        }
        catch (SocketException)
        {
            tally.Add(part, Stopwatch.GetElapsedTime(started), 0, [0]);
            return;
        }
        tally.Add(part, Stopwatch.GetElapsedTime(started), replies.Sum(reply => (long)reply.Length),
            replies.Select(reply => reply.Status).Where(status => status is not (200 or 201)));
    }

    public void Dispose() => connections.ForEach(connection => connection.Dispose());

    private async Task<Reply> SignAsync(SignMessage message)
    {
        var key = Guid.NewGuid();
        message.Carry(key);
        var reply = await connections[0].AskAsync(message.Bytes);
        Keep?.Add(reply.Body.ToArray());
        if (Answer.ReadBody(reply.Status, reply.Body.Span) is { IsSigned: true } answer)
            Signed = new Acknowledged(key, message.People, answer);
        return reply;
    }

    private async Task<List<Reply>> GetAsync(IReadOnlyList<string> paths)
    {
        while (connections.Count < Math.Min(paths.Count, MaxConnections))
            connections.Add(new PhoneConnection(plan.Server));
        var replies = new Reply[paths.Count];
        var bodies = new byte[paths.Count][];
        await Task.WhenAll(connections.Select(async (connection, place) =>
        {
            for (var i = place; i < paths.Count; i += connections.Count)
            {
                replies[i] = await connection.AskAsync(plan.Get(paths[i], cookies));
                if (Keep is not null)
                    bodies[i] = replies[i].Body.ToArray();
            }
        }));
        Keep?.AddRange(bodies);
        foreach (var connection in connections.Skip(1))
            connection.Dispose(); // a thousand phones would hold six thousand
        connections.RemoveRange(1, connections.Count - 1);
        if (Array.Find(replies, reply => reply.Cookies != "").Cookies is { Length: > 0 } set)
            cookies = set;
        return [.. replies];
    }
}
