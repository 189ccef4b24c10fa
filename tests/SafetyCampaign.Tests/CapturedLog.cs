using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafetyCampaign.Tests;

/// <summary>Keeps every line that a program logs, instead of showing it.</summary>
public sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IEnumerable<string> Lines => lines;

    /// <summary>Which lines are kept; all of them unless a test looks for few in very many.</summary>
    public Func<string, bool> Keeps { get; init; } = _ => true;

    /// <summary>To be among a program's parts.</summary>
    public void Install(IServiceCollection services) =>
        services.AddLogging(logging => logging.ClearProviders().AddProvider(this).SetMinimumLevel(LogLevel.Trace));

    public ILogger CreateLogger(string category) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Keep(state.ToString() ?? "");
        return null;
    }

    public bool IsEnabled(LogLevel level) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> write) =>
        Keep($"{write(state, exception)} {exception}");

    public void Dispose()
    {
    }

    private void Keep(string line)
    {
        if (Keeps(line))
            lines.Enqueue(line);
    }
}
