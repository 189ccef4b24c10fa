using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace SafetyCampaign.Operations;

/// <summary>
/// Lets the program stop within 5 s: what is being answered has <see cref="TimeToFinish"/>, then its connection is cut.
/// Otherwise one half-sent request, or a stage that has stopped reading its film, would hold the stop up. Phones send what
/// was cut again by themselves, with the same key; stages connect again.
/// </summary>
/// <param name="lifetime">Tells when the program is to stop.</param>
/// <param name="log">One line where something was cut.</param>
internal sealed partial class ConnectionDrain(IHostApplicationLifetime lifetime, ILogger<ConnectionDrain> log)
    : IHostedService, IDisposable
{
    /// <summary>Of connections. Screens are told that their socket closes at once, and idle connections are closed at once.</summary>
    public static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(2);

    /// <summary>Of the whole host, connections included; what the ledger has taken is written in the rest of it.</summary>
    public static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<ConnectionContext, byte> open = new();
    private int sockets;
    private volatile bool hasCut;
    private CancellationTokenRegistration stopping;
    private Timer? cut;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        stopping = lifetime.ApplicationStopping.Register(
            () => cut = new Timer(_ => Cut(), null, TimeToFinish, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        stopping.Dispose();
        cut?.Dispose();
    }

    /// <summary>Around a connection of Kestrel's, from its first byte on: its request may never be complete.</summary>
    public async Task TrackConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        open[connection] = 0;
        try
        {
            await next(connection);
        }
        finally
        {
            open.TryRemove(connection, out _);
        }
    }

    /// <summary>Around a request; what fails because its connection was cut is no failure of the program.</summary>
    public async Task TrackRequestAsync(HttpContext context, RequestDelegate next)
    {
        var mayBeSocket = !string.IsNullOrEmpty(context.Request.Headers.Upgrade);
        if (mayBeSocket)
            Interlocked.Increment(ref sockets);
        try
        {
            await next(context);
        }
        catch (Exception failure) when (hasCut && failure is (OperationCanceledException or IOException))
        {
            // Nobody reads an answer any more.
        }
        finally
        {
            if (mayBeSocket)
                Interlocked.Decrement(ref sockets);
        }
    }

    private void Cut()
    {
        var left = open.Keys.ToList();
        if (left.Count == 0)
            return;
        var screens = Math.Min(Volatile.Read(ref sockets), left.Count);
        hasCut = true;
        LogCut(left.Count - screens, screens, TimeToFinish);
        foreach (var connection in left)
            connection.Abort(new ConnectionAbortedException("The program stops."));
    }

    [LoggerMessage(2310, LogLevel.Warning,
        "Stopping: {Requests} requests and {Sockets} sockets were not done after {TimeToFinish} and are cut")]
    private partial void LogCut(int requests, int sockets, TimeSpan timeToFinish);
}

internal static class ConnectionDrainSetup
{
    public static void AddConnectionDrain(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConnectionDrain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ConnectionDrain>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ConnectionDrain.TimeToStop);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var drain = endpoint.ApplicationServices.GetRequiredService<ConnectionDrain>();
            endpoint.Use(next => connection => drain.TrackConnectionAsync(connection, next));
        }));
    }

    public static void UseConnectionDrain(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<ConnectionDrain>();
        app.Use((context, next) => drain.TrackRequestAsync(context, next));
    }
}
