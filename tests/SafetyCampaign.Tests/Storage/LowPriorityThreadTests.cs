using System.Globalization;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Work that computes for long keeps the threads free that answer those who sign.</summary>
public class LowPriorityThreadTests
{
    [Fact]
    public async Task Work_comes_back_to_its_own_thread_after_each_wait_in_the_language_of_whoever_asked()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var waited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var done = LowPriorityThread.RunAsync("Test", async () =>
        {
            var before = (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);
            await waited.Task;
            return (before, After: (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread),
                CultureInfo.CurrentUICulture.Name);
        });
        waited.SetResult();

        var (first, second, culture) = await done;
        Assert.Equal(first, second);
        Assert.False(first.IsThreadPoolThread);
        Assert.Equal("en", culture);
    }

    [Fact]
    public async Task What_fails_and_what_is_given_up_is_told_to_whoever_waits()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => LowPriorityThread.RunAsync<int>("Test", () => throw new InvalidDataException()));
        await Assert.ThrowsAsync<InvalidDataException>(() => LowPriorityThread.RunAsync<int>("Test", async () =>
        {
            await Task.Yield();
            throw new InvalidDataException();
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LowPriorityThread.RunAsync<int>("Test", async () =>
        {
            await Task.Delay(Timeout.Infinite, new CancellationToken(canceled: true));
            return 0;
        }));
    }

    [Fact]
    public async Task On_Linux_the_thread_yields_the_processor_to_the_others()
    {
        var lower = await LowPriorityThread.RunAsync("Test", () => Task.FromResult(NiceOfThisThread()));

        Assert.Equal(OperatingSystem.IsLinux() ? NiceOfThisThread() + 5 : NiceOfThisThread(), lower);
    }

    /// <summary>The 19th number in the system's line about a thread.</summary>
    private static int NiceOfThisThread()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var line = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
