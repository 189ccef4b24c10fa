using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Films;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Operations;

/// <summary>The program stops though nobody at the other end does.</summary>
public sealed class StopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_sent_requests_and_screens_that_have_stopped_reading_are_cut_and_counted()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp
        {
            Kestrel = true,
            Parts = log.Install,
            Settings = { ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning" },
        };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        using var halfHead = await SendAsync(app, $"POST /api/events/{e.Code}/pledges HTTP/1.1\r\nHost: a\r\nContent-");
        using var halfBody = await SendAsync(app,
            $"POST /api/events/{e.Code}/pledges HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{");
        using var film = await SendAsync(app, $"GET {await FilmAsync(app, e)} HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await ReadSomeAsync(film)); // and no more of it
        using var idle = await SendAsync(app, "GET /healthz/live HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await ReadSomeAsync(idle));
        using var screen = new ClientWebSocket();
        await screen.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/hubs/display" }.Uri, Cancellation);
        await screen.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true,
            Cancellation);
        await screen.ReceiveAsync(new byte[16], Cancellation); // taken, and from now on it answers nothing

        // Without the cut it is the host's own limit, 30 s.
        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(25), Cancellation);

        Assert.Single(log.Lines, line => line.Contains("3 requests and 0 sockets were not done") && line.Contains("cut"));
        Assert.DoesNotContain(log.Lines, line => line.Contains("   at "));
        Assert.Equal("", await ReadSomeAsync(halfHead));
    }

    [Fact]
    public async Task A_program_that_has_stopped_leaves_no_timer_or_thread_that_keeps_it_in_memory()
    {
        List<WeakReference> stopped = [await StoppedAsync(), await StoppedAsync(), await StoppedAsync()];

        // EF keeps the services of the first program with the same options for as long as the process lives.
        await Wait.UntilAsync(() =>
        {
            GC.Collect();
            return stopped.Count(ledger => !ledger.IsAlive) >= 2;
        }, "the memory of programs that have stopped");
    }

    [Fact]
    public async Task A_book_that_is_being_written_holds_no_stop_and_is_not_there_after_it()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Get<PreparedFiles>().Start(new FileWanted(PreparedKind.Book, e.Id, "zh-CN"), async (file, _, _) =>
        {
            await file.WriteAsync(new byte[1000], Cancellation);
            begun.SetResult();
            await released.Task; // a page that takes long to draw: it looks at no token meanwhile
            return null;
        });
        await begun.Task.WaitAsync(Cancellation);

        // It would be the host's own limit, 30 s, if anybody waited for the book.
        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        await app.StartAsync();
        Assert.Null(app.Get<PreparedFiles>().Find(new FileWanted(PreparedKind.Book, e.Id, "zh-CN")));
        Assert.False(Directory.Exists(Path.Combine(app.DataDirectory, "prepared")), "Half a book with names was left.");
        released.SetResult();
    }

    [Fact]
    public async Task A_program_that_starts_waits_for_the_one_that_stops()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp { Parts = log.Install };
        var file = await FileLock.TakeAsync(Path.Combine(app.DataDirectory, "running.lock"), TimeSpan.Zero, Cancellation);

        var starting = Task.Run(() => app.InitializeAsync().AsTask(), Cancellation);
        while (!log.Lines.Any(line => line.Contains("still holds the data folder")))
        {
            Assert.False(starting.IsCompleted, "It did not wait.");
            await Task.Yield();
        }
        file!.Dispose();
        await starting;

        Assert.Equal(HttpStatusCode.OK, (await app.CreateClient().GetAsync("/healthz/ready", Cancellation)).StatusCode);
    }

    /// <summary>Larger than all that the system keeps for a socket.</summary>
    private static async Task<string> FilmAsync(CampaignApp app, SeededEvent e)
    {
        var folder = Directory.CreateDirectory(app.Get<FilmStore>().Folder);
        await using (var file = File.Create(Path.Combine(folder.FullName, "long.webm")))
            file.SetLength(64 * 1024 * 1024);
        var scene = await app.SettleSceneAsync(e, SceneKind.Film, settings => settings with { Film = "long.webm" });
        return $"/display/{e.Code}/film/{scene}";
    }

    private static async Task<Socket> SendAsync(CampaignApp app, string text)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, app.Address.Port, Cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), Cancellation);
        return socket;
    }

    /// <summary>What comes first; empty where the connection was ended.</summary>
    private static async Task<string> ReadSomeAsync(Socket socket)
    {
        var buffer = new byte[2000];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Cancellation));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    private static async Task<WeakReference> StoppedAsync()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        using var visitor = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);
        return new WeakReference(app.Get<PledgeLedger>());
    }
}
