using System.Diagnostics;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Disk;

/// <summary>Somebody's film fills the disk of the laptop in the middle of the event, and is deleted again.</summary>
internal static class FullDiskFault
{
    private const string What = "Disk full and freed, under load";
    private const string Hold = "no false 201; 503 with words; screens live; no restart";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Fault Fault { get; } = new("full-disk",
        "Puts the data folder on a small disk of its own (tmpfs), fills it while phones sign, leaving now nothing and now a few pages, "
            + "lets them wait, and frees it.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var disk = Directory.CreateTempSubdirectory("safety-campaign-full-disk-");
        try
        {
            // Small enough to be filled at once, large enough that the pledges of a full run do not fill it by themselves.
            if (!await run.CanAsync(What, Hold, "mount", "-t", "tmpfs", "-o", "size=800m,mode=700", "tmpfs", disk.FullName))
                return;
            try
            {
                await FillAsync(run, disk.FullName);
            }
            finally
            {
                await Tool.WorksAsync("umount", disk.FullName);
            }
        }
        finally
        {
            disk.Delete();
        }
    }

    private static async Task FillAsync(FaultRun run, string disk)
    {
        await using var program = new RunningProgram(run.Program) { DataFolder = Path.Combine(disk, "data") };
        var e = await SeededEvent.StartWithAsync(program);
        await using var onlookers = await Observers.OfAsync(program, e);
        await using var phones = new RetryingPhones(() => program, e, phones: 20);
        var slowest = TimeSpan.Zero;
        int[] roomLeft = run.Short ? [0, 40_000] : [0, 512, 4_096, 20_000, 40_000, 80_000, 200_000, 0];
        foreach (var room in roomLeft)
        {
            run.Now($"a full disk, with room for {room:N0} bytes");
            await Task.Delay(TimeSpan.FromSeconds(run.Short ? 0.5 : 2)); // of signing
            var film = Path.Combine(disk, "film");
            var before = phones.Refused;
            Fill(film, room);
            await RefusedSinceAsync(phones, before);
            await Task.Delay(TimeSpan.FromSeconds(run.Short ? 0.5 : 2));
            File.Delete(film);
            var again = await phones.SignedSinceAsync(Stopwatch.GetTimestamp(), Patience);
            slowest = again > slowest ? again : slowest;
        }
        await phones.FinishAsync();
        List<string> wrong =
        [
            .. phones.Wrong,
            .. await onlookers.LeaveAsync(),
            .. (await Recount.OfAsync(program, e, phones.Acknowledged, [])).Wrong,
        ];
        await program.KillAsync();
        await program.StartAsync();
        wrong.AddRange((await Recount.OfAsync(program, e, phones.Acknowledged, [])).Wrong.Select(w => $"after a kill {w}"));
        run.Report.Absolute(What, Hold,
            $"full {roomLeft.Length} times: {phones.Acknowledged.Count:N0} stored once, {phones.Refused:N0} × "
                + $"503{string.Concat(wrong.Select(w => $"; {w}"))}",
            wrong.Count == 0);
        run.Report.Measured("Signing again once a full disk has space", "≤ 5 s", $"slowest {slowest.TotalMilliseconds:N0} ms",
            slowest <= Limit);
    }

    private static void Fill(string file, int room)
    {
        using var film = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var frame = new byte[64 * 1024];
        try
        {
            while (true)
                film.Write(frame);
        }
        catch (IOException)
        {
            film.SetLength(Math.Max(0, film.Length - room)); // full
        }
    }

    /// <summary>The log is written from its beginning again while it can be: the space runs out a moment later.</summary>
    private static async Task RefusedSinceAsync(RetryingPhones phones, int before)
    {
        for (var started = Stopwatch.GetTimestamp(); phones.Refused == before; await Task.Delay(10))
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException("The disk is full, yet nobody is refused.");
    }
}
