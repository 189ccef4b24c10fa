using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>Something the program can be told to do on the command line.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Purpose">For the help.</param>
/// <param name="DoAsync">Does it, with the options typed beside it.</param>
/// <param name="Operand">What must be named behind the verb, for example FILE; among the options under this name.</param>
public sealed record Verb(string Name, string Purpose, Func<WebApplication, IConfiguration, Task> DoAsync, string? Operand = null)
{
    /// <summary>Whether it answers requests.</summary>
    public bool Serves { get; init; }

    /// <summary>How it is typed.</summary>
    public string Usage => Operand is null ? Name : $"{Name} {Operand}";
}

/// <summary>The verbs that are no room's own. The first is done when none is given.</summary>
public static partial class Verbs
{
    public static readonly IReadOnlyList<Verb> Own =
    [
        new("run", "serve the pages (when no verb is given)", (app, _) => ServeAsync(app)) { Serves = true },
        new("migrate", "bring the database to this program's schema and stop", (app, _) => UpgradeAsync(app)),
        BackupVerbs.Backup,
        BackupVerbs.Verify,
        BackupVerbs.Restore,
        new("verify-audit", "walk the audit log and name the first line that is not as it was written", (app, _) => VerifyAuditAsync(app)),
        new("demo", $"create the demonstration event {Demonstration.Code} and print its addresses", (app, _) => DemonstrateAsync(app)),
    ];

    private static async Task ServeAsync(WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            await UpgradeAsync(app);
            await app.Services.GetRequiredService<Demonstration>().CreateInEmptyDatabaseAsync(CancellationToken.None);
        }
        await app.StartAsync(); // upgrades the database before anything else
        await WelcomeAsync(app);
        await app.WaitForShutdownAsync();
    }

    private static async Task WelcomeAsync(WebApplication app)
    {
        try
        {
            Console.WriteLine(await app.Services.GetRequiredService<Banner>().WriteAsync(CancellationToken.None));
        }
        catch (Exception exception)
        {
            // The program serves all the same.
            LogAddressesNotShown(app.Logger, exception);
        }
    }

    /// <summary>What a verb does first that touches the store without starting the program.</summary>
    public static Task UpgradeAsync(WebApplication app) => app.Services.GetRequiredService<SchemaUpgrade>().RunAsync();

    private static async Task DemonstrateAsync(WebApplication app)
    {
        await UpgradeAsync(app);
        await app.Services.GetRequiredService<Demonstration>().CreateIfMissingAsync(CancellationToken.None);
        var site = app.Services.GetRequiredService<PublicAddress>();
        Console.WriteLine(Banner.Addresses(site, Demonstration.Code));
    }

    private static async Task VerifyAuditAsync(WebApplication app)
    {
        await UpgradeAsync(app);
        var check = await app.Services.GetRequiredService<AuditLog>().VerifyAsync();
        if (check.FirstBroken is { } broken)
            throw new InvalidOperationException(
                $"The audit log is broken at line {broken}: it is missing or not as it was written. {check.Lines} lines before it are whole.");
        Console.WriteLine($"审计记录完整，共 {check.Lines} 行 · The audit log is whole, {check.Lines} lines from line {check.First}.");
        Console.WriteLine($"封印 · Seal: {check.Seal}");
    }

    [LoggerMessage(2305, LogLevel.Warning, "The addresses could not be shown")]
    private static partial void LogAddressesNotShown(ILogger log, Exception exception);
}
