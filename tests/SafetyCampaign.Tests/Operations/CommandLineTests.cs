using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace SafetyCampaign.Tests.Operations;

/// <summary>The program as it is started from a console: what it says and how it ends.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_unknown_verb_is_answered_with_those_there_are()
    {
        var (exit, _, error) = await RunAsync("fly");

        Assert.Equal(2, exit);
        foreach (var verb in new[] { "fly", "run", "migrate", "demo", "create-administrator" })
            Assert.Contains(verb, error);
    }

    [Fact]
    public async Task Help_lists_the_verbs()
    {
        var (exit, output, _) = await RunAsync("--help");

        Assert.Equal(0, exit);
        Assert.Contains("create-administrator", output);
        Assert.Contains("--DataDirectory", output);
    }

    [Fact]
    public async Task Migrate_demo_and_create_administrator_do_their_work_and_stop()
    {
        var password = Path.Combine(folder.FullName, "password");
        await File.WriteAllTextAsync(password, "六不四知-2026\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync("migrate")).Exit);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "campaign.db")));
        var demo = await RunAsync("demo", "--PublicBaseUrl=https://pledge.example.org");
        Assert.Equal(0, demo.Exit);
        Assert.Contains("https://pledge.example.org/display/DEM001", demo.Output);
        Assert.Equal(0, (await RunAsync("create-administrator", "--name", "王老师", "--password-file", password)).Exit);
        var again = await RunAsync("create-administrator", "--name", "王老师", "--password-file", password);
        Assert.Equal(1, again.Exit);
        AssertOneSentence(again.Error);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_next_to_try()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exit, _, error) = await RunAsync("--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(1, exit);
        AssertOneSentence(error);
        Assert.Contains($"Port {port} is taken", error);
        Assert.Contains($"--urls http://0.0.0.0:{port + 1}", error);
    }

    [Fact]
    public async Task A_damaged_database_is_told_and_left_as_it_is()
    {
        var file = Path.Combine(folder.FullName, "campaign.db");
        await File.WriteAllTextAsync(file, "This is not a database, whatever it is called.", TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync("migrate");

        Assert.Equal(1, exit);
        AssertOneSentence(error);
        Assert.Contains("damaged", error);
        Assert.StartsWith("This is not", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_newer_database_is_left_to_the_newer_program()
    {
        await RunAsync("migrate");
        await using (var db = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "campaign.db")};Pooling=False"))
        {
            db.Open();
            using var command = db.CreateCommand();
            command.CommandText = "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_FromTheFuture', '99.0.0')";
            command.ExecuteNonQuery();
        }

        var (exit, _, error) = await RunAsync("migrate");

        Assert.Equal(1, exit);
        AssertOneSentence(error);
        Assert.Contains("newer version", error);
    }

    [Theory]
    [InlineData("--PublicBaseUrl=nowhere", "PublicBaseUrl")]
    [InlineData("--Proxies:Known=nobody", "Proxies:Known")]
    [InlineData("--Database:Provider=Oracle", "Database:Provider")]
    [InlineData("--Database:Provider=Postgres", "Database:ConnectionString")]
    [InlineData("--Database:ConnectionString=Host=nowhere", "Database:Provider")]
    [InlineData("--Database:Provider=Postgres --Database:ConnectionString=nowhere", "Database:ConnectionString")]
    [InlineData("--Database:Provider=Postgres --Database:ConnectionString=Host=127.0.0.1;Port=9", "127.0.0.1:9")]
    [InlineData("--Redis:ConnectionString=a=b=c", "Redis:ConnectionString")]
    [InlineData("--Backup:Schedule=nightly", "Backup:Schedule")]
    [InlineData("--Backup:Schedule=02:30 --Backup:Keep=0", "Backup:Keep")]
    [InlineData("--Backup:Password=short", "Backup:Password")]
    [InlineData("--DataProtection:Certificate={a file}", "DataProtection:Certificate")]
    [InlineData("--DataDirectory={a file}", "--DataDirectory")]
    public async Task A_wrong_setting_is_named(string option, string named)
    {
        var file = Path.Combine(folder.FullName, "a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync(option.Replace("{a file}", file).Split(' '));

        Assert.Equal(1, exit);
        AssertOneSentence(error);
        Assert.Contains(named, error);
    }

    private static void AssertOneSentence(string error) => ConsoleProgram.AssertOneSentence(error);

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        new ConsoleProgram(folder.FullName).RunAsync(arguments);
}
