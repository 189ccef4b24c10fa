using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>Something the program can be told to do on the command line.</summary>
internal sealed record Verb(string Name, string Purpose, Func<WebApplication, Task> DoAsync)
{
    public static readonly Verb Run = new("run", "serve the pages (when no verb is given)", ServeAsync);

    public static readonly IReadOnlyList<Verb> All =
    [
        Run,
        new("migrate", "bring the database to this program's schema and stop", UpgradeAsync),
        new("demo", $"create the demonstration event {Demonstration.Code} and print its addresses", DemonstrateAsync),
    ];

    private static async Task ServeAsync(WebApplication app)
    {
        await UpgradeAsync(app);
        if (app.Environment.IsDevelopment())
            await app.Services.GetRequiredService<Demonstration>().CreateInEmptyDatabaseAsync(CancellationToken.None);
        await app.RunAsync();
    }

    private static Task UpgradeAsync(WebApplication app) => app.Services.GetRequiredService<SchemaUpgrade>().RunAsync();

    private static async Task DemonstrateAsync(WebApplication app)
    {
        await UpgradeAsync(app);
        await app.Services.GetRequiredService<Demonstration>().CreateIfMissingAsync(CancellationToken.None);
    }
}
