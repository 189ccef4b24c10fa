[assembly: AssemblyFixture(typeof(SafetyCampaign.Tests.SharedCampaignApp))]

namespace SafetyCampaign.Tests;

/// <summary>
/// One program on a real port for all tests that look at events of their own alone, started when the first of them asks. A host of
/// its own costs a test about a second of processor time to start, and then compiles every page and query for the first time.
/// Whoever stops the program, turns its clock, needs it empty or counts rows of a whole table has one of its own.
/// </summary>
public sealed class SharedCampaignApp : IAsyncDisposable
{
    private static readonly Lazy<Task<CampaignApp>> App = new(StartAsync);

    public static Task<CampaignApp> StartedAsync() => App.Value;

    public async ValueTask DisposeAsync()
    {
        if (App is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await App.Value.Result.DisposeAsync();
    }

    private static async Task<CampaignApp> StartAsync()
    {
        var app = new CampaignApp { Kestrel = true };
        await app.InitializeAsync();
        return app;
    }
}
