using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Display;

/// <summary>Who may hold a line to the hub, and who keeps a place there.</summary>
public sealed class HubConnectionsTests : IAsyncLifetime
{
    private readonly CampaignApp app = new()
    {
        Kestrel = true,
        Limits = true,
        Settings = { ["Display:MaxConnectionsPerAddress"] = "3", ["PublicBaseUrl"] = "https://pledge.example.cn" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(null, null, HttpStatusCode.SwitchingProtocols)]
    [InlineData("http://192.168.1.7:5080", "192.168.1.7:5080", HttpStatusCode.SwitchingProtocols)] // a hall's own network
    [InlineData("https://pledge.example.cn", "backend:5080", HttpStatusCode.SwitchingProtocols)] // a proxy that hands on its own name
    [InlineData("https://pledge.example.cn:8443", "pledge.example.cn", HttpStatusCode.SwitchingProtocols)] // and no port
    [InlineData("https://evil.example", "pledge.example.cn", HttpStatusCode.Forbidden)]
    [InlineData("https://pledge.example.cn.evil.example", "pledge.example.cn", HttpStatusCode.Forbidden)]
    [InlineData("null", "pledge.example.cn", HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_gets_no_line(string? origin, string? host, HttpStatusCode status)
    {
        using var line = await ConnectAsync(origin, host);

        Assert.Equal(status, line.HttpStatusCode);
    }

    [Fact]
    public async Task A_projector_takes_the_place_of_a_stranger_and_no_stranger_takes_its_own()
    {
        var strangers = new List<ClientWebSocket>();
        for (var i = 0; i < 3; i++)
            strangers.Add(await ConnectAsync());
        using (var fourth = await ConnectAsync())
            Assert.Equal(HttpStatusCode.TooManyRequests, fourth.HttpStatusCode);

        using var projector = await ConnectAsync(cookie: Cookie());
        using var second = await ConnectAsync(cookie: Cookie());
        using var fifth = await ConnectAsync();

        Assert.Equal((WebSocketState.Open, WebSocketState.Open, HttpStatusCode.TooManyRequests),
            (projector.State, second.State, fifth.HttpStatusCode));
        var ended = strangers.Select(EndAsync).ToList();
        for (var end = 0; end < 2; end++)
            ended.Remove(await Task.WhenAny(ended));
        Assert.False(Assert.Single(ended).IsCompleted, "The third stranger keeps its place.");
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task Whoever_leaves_gives_the_place_to_the_next()
    {
        var lines = new List<ClientWebSocket>();
        for (var i = 0; i < 3; i++)
            lines.Add(await ConnectAsync());
        lines[0].Abort();

        for (var tries = 0; tries < 200; tries++)
        {
            using var next = await ConnectAsync();
            if (next.State == WebSocketState.Open)
                return;
            await Task.Delay(50, Cancellation);
        }
        Assert.Fail("The place was not given back.");
    }

    [Fact]
    public async Task The_stage_gives_a_screen_the_cookie_by_which_it_keeps_its_place()
    {
        var e = await app.SeedEventAsync();
        using var screen = app.CreateClient();

        using var page = await screen.GetAsync($"/display/{e.Code}", Cancellation);

        Assert.StartsWith("device=", Assert.Single(page.Headers.GetValues("Set-Cookie")));
    }

    private string Cookie()
    {
        var context = new DefaultHttpContext();
        app.Get<DeviceCookie>().Issue(context);
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    private async Task<ClientWebSocket> ConnectAsync(string? origin = null, string? host = null, string? cookie = null)
    {
        var line = new ClientWebSocket();
        line.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in new[] { ("Origin", origin), ("Host", host), ("Cookie", cookie) })
            if (value is not null)
                line.Options.SetRequestHeader(name, value);
        try
        {
            await line.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/hubs/display" }.Uri, Cancellation);
        }
        catch (WebSocketException)
        {
            // refused: the status says why
        }
        return line;
    }

    /// <summary>Completes when the server has ended the line.</summary>
    private static async Task EndAsync(ClientWebSocket line)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await line.ReceiveAsync(buffer, Cancellation)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
        }
    }
}
