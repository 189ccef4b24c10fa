using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SafetyCampaign.Tests.Records;

/// <summary>What somebody else's server was sent.</summary>
public sealed record Received(string Id, string Timestamp, string Signature, string ContentType, byte[] Body);

/// <summary>Somebody else's server on a loopback port, which notes what it is sent and answers as a test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private WebApplication server = null!;

    private Receiver()
    {
    }

    /// <summary>Answered one after the other; 200 once there is none left.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public ConcurrentQueue<Received> Messages { get; } = new();

    public string Address => server.Urls.Single() + "/hooks/rollup";

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        receiver.server = await LoopbackServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        Messages.Enqueue(new Received($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}", $"{headers["webhook-signature"]}",
            $"{context.Request.ContentType}", body.ToArray()));
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : StatusCodes.Status200OK;
        if (context.Response.StatusCode is >= 300 and < 400)
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
    }
}
