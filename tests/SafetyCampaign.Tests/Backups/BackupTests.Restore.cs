using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Backups;

/// <summary><c>restore FILE</c>: whole or not at all, and what was there is kept.</summary>
public sealed partial class BackupTests
{
    [Theory]
    [InlineData("damaged")]
    [InlineData("truncated")]
    [InlineData("newer")]
    [InlineData("another program's")]
    [InlineData("no database")]
    [InlineData("missing")]
    public async Task A_file_that_is_no_sound_backup_changes_nothing(string kind)
    {
        await FillAsync();
        app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        Spoil(File, kind);
        var before = Contents();

        var (exit, _, error) = await Console.RunAsync("restore", File);

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains(kind switch
        {
            "newer" => "newer version",
            "missing" => "no file",
            "damaged" => "damaged",
            "truncated" =>
            "damaged",
            _ => "no backup"
        }, error);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task What_was_there_before_a_restore_is_kept_whole()
    {
        var e = await app.SeedEventAsync(title: "旧的活动");
        await Console.RunAsync("backup", File);
        await using (var written = app.OpenStore())
            Assert.Equal(AuditAction.BackupMade, (await written.AuditEntries.OrderBy(a => a.Sequence).LastAsync(Cancellation)).Action);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Describe("后来的活动", "社区广场", [], []));
        await app.StopAsync();

        var (exit, output, _) = await Console.RunAsync("restore", File);

        Assert.Equal(0, exit);
        var kept = Assert.Single(Directory.GetDirectories(app.DataDirectory, "before-restore-*"));
        Assert.Contains(kept, output);
        Assert.Equal("后来的活动", Title(Path.Combine(kept, "campaign.db")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(kept, "keys")));
        Assert.Equal("旧的活动", Title(Path.Combine(app.DataDirectory, "campaign.db")));
        await app.StartAsync();
        Assert.Equal("旧的活动", (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.Title);
        await using var db = app.OpenStore();
        Assert.Equal(AuditAction.BackupRestored, (await db.AuditEntries.OrderBy(a => a.Sequence).LastAsync(Cancellation)).Action);
    }

    [Fact]
    public async Task While_the_program_runs_nothing_is_restored_and_no_second_one_starts_and_after_a_kill_both_do()
    {
        app.Get<Backup>().Write(File, Cancellation);
        var refused = await Console.RunAsync("restore", File);
        var second = await Console.RunAsync("run");
        await app.StopAsync();

        using (var killed = Console.Start("run"))
        {
            while (await killed.StandardOutput.ReadLineAsync(Cancellation) is { } line && !line.Contains("Ctrl+C"))
            {
            }
            Assert.Equal(1, (await Console.RunAsync("restore", File)).Exit);
            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync(Cancellation);
        }

        Assert.Equal((1, 1), (refused.Exit, second.Exit));
        ConsoleProgram.AssertOneSentence(refused.Error);
        Assert.Contains("Stop it, then restore", refused.Error);
        ConsoleProgram.AssertOneSentence(second.Error);
        Assert.Contains("runs already", second.Error);
        Assert.Equal(0, (await Console.RunAsync("restore", File)).Exit);
        await app.StartAsync();
    }

    [Fact]
    public async Task A_restore_that_was_cut_short_is_noticed_at_the_next_start()
    {
        app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        System.IO.File.Move(Path.Combine(app.DataDirectory, "campaign.db"), Path.Combine(app.DataDirectory, "campaign.db.restoring"));

        var (exit, _, error) = await Console.RunAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("Run restore again", error);
        Assert.Equal(0, (await Console.RunAsync("restore", File)).Exit);
        await app.StartAsync();
    }

    [Fact]
    public async Task Of_a_restore_that_was_cut_short_before_it_replaced_anything_no_names_are_left_after_the_next_start()
    {
        await app.StopAsync();
        var isChecked = Path.Combine(app.DataDirectory, "campaign.db.restoring");
        var restoring = Directory.CreateDirectory(Path.Combine(app.DataDirectory, "restoring")).FullName;
        foreach (var copy in new[] { isChecked, Path.Combine(restoring, "campaign.db") })
            System.IO.File.Copy(Path.Combine(app.DataDirectory, "campaign.db"), copy);

        await app.StartAsync();

        Assert.False(System.IO.File.Exists(isChecked) || Directory.Exists(restoring), "A copy of the database is still there.");
    }
}
