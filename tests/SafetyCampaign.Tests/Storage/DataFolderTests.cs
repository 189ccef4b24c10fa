using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Whatever lies in the data folder is for the program's own account.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode ForItsOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Open = ForItsOwner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo above = Directory.CreateTempSubdirectory("safety-campaign-");

    private string Chosen => Path.Combine(above.FullName, "data");

    public DataFolderTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the folder's owner decides.");

    public void Dispose() => above.Delete(recursive: true);

    [Fact]
    public void A_new_data_folder_is_closed_to_others()
    {
        Assert.Equal(Chosen, Make(Chosen).Path);
        Assert.Empty(OpenToOthers());
    }

    [Fact]
    public void A_folder_that_somebody_else_made_is_closed_with_all_that_is_in_it()
    {
        foreach (var file in new[] { "campaign.db", "campaign.db-wal", "keys/key-1.xml", "uploads/films/a.mp4", "backups/b.backup" })
            Spread(Path.Combine(Chosen, file));
        var elsewhere = Path.Combine(above.FullName, "other-disk");
        Spread(Path.Combine(elsewhere, "films", "c.mp4"));
        Directory.CreateSymbolicLink(Path.Combine(Chosen, "linked"), elsewhere);

        Make(Chosen);

        Assert.Empty(OpenToOthers());
        Assert.Empty(OpenToOthers(elsewhere));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(ForItsOwner, File.GetUnixFileMode(Path.Combine(Chosen, "keys"))); // still its owner's
    }

    [Fact]
    public void A_folder_that_is_open_and_not_ours_is_refused_in_a_sentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder whose mode nobody can change.");

        var refused = Assert.Throws<InvalidOperationException>(() => FileModes.Restrict("/proc/self/task"));

        Assert.Contains("Other accounts of this machine may read /proc/self/task", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void An_open_folder_with_other_things_in_it_is_refused_and_left_as_it_is()
    {
        Spread(Path.Combine(Chosen, "somebody's", "letter"));

        var refused = Assert.Throws<InvalidOperationException>(() => Make(Chosen));

        Assert.Contains("not SafetyCampaign's", refused.Message);
        Assert.Equal(3, OpenToOthers().Count); // the folder, the one in it, the letter
    }

    [Fact]
    public async Task Whatever_the_umask_the_program_writes_nothing_that_others_may_read()
    {
        Spread(Path.Combine(Chosen, "uploads", "films", "a.mp4"));
        var program = new ConsoleProgram(Chosen) { Shell = "umask 000; exec \"$0\" \"$@\"" };
        Assert.Equal(0, (await program.RunAsync("demo")).Exit);
        Assert.Equal(0, (await program.RunAsync("backup", Path.Combine(above.FullName, "backup"))).Exit);
        Assert.Equal(0, (await program.RunAsync("restore", Path.Combine(above.FullName, "backup"))).Exit);
        using var running = program.Start("run", "--Backup:Schedule=1h");
        while (await running.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Ctrl+C"))
        {
        }

        var open = OpenToOthers();
        var files = Directory.GetFiles(Chosen, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();
        running.Kill(entireProcessTree: true);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(open);
        Assert.Contains("campaign.db-wal", files);
        Assert.Contains("running.lock", files);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(above.FullName, "backup")));
    }

    [Fact]
    public async Task Backup_and_restore_need_no_writable_system_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere there is no /proc, which nobody can write to.");
        var program = new ConsoleProgram(Chosen) { Environment = { ["TMPDIR"] = "/proc", ["SQLITE_TMPDIR"] = "/proc" } };
        var backup = Path.Combine(above.FullName, "backup");

        Assert.Equal(0, (await program.RunAsync("demo")).Exit);
        Assert.Equal((0, ""), (await program.RunAsync("backup", backup)) is var (exit, _, error) ? (exit, error) : default);
        Assert.Equal(0, (await program.RunAsync("restore", backup)).Exit);
    }

    private static DataFolder Make(string path) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("DataDirectory", path)]).Build(),
        new HostingEnvironment { EnvironmentName = "Production" });

    /// <summary>A file that everybody may read, in folders that everybody may enter.</summary>
    private void Spread(string file)
    {
        if (OperatingSystem.IsWindows())
            return;
        for (var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!); folder.FullName != above.FullName;
            folder = folder.Parent!)
            File.SetUnixFileMode(folder.FullName, Open);
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private List<string> OpenToOthers(string? folder = null)
    {
        var open = new List<string>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder ?? Chosen, "*", SearchOption.AllDirectories)
            .Append(folder ?? Chosen))
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(entry) & ~ForItsOwner) != 0)
                open.Add(entry);
        return open;
    }
}
