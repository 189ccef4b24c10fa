using System.Diagnostics;

namespace SafetyCampaign.Tests;

/// <summary>For what the program does by itself, a moment after its answer.</summary>
public static class Wait
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Looks again and again until something is so, and fails once that takes too long.</summary>
    /// <param name="isSo">Looks.</param>
    /// <param name="what">What never came, in the words of the failure.</param>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (var since = Stopwatch.StartNew(); !await isSo(); await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(since.Elapsed < Timeout, $"It never came to it: {what}.");
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string)"/>
    public static Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);
}
