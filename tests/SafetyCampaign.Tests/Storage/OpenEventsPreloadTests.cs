namespace SafetyCampaign.Tests.Storage;

public sealed class OpenEventsPreloadTests
{
    [Fact]
    public async Task After_a_restart_an_event_that_is_open_is_read_before_anybody_asks_for_it()
    {
        var reading = new CapturedLog { Keeps = line => line.Contains("Executed DbCommand") && line.Contains("\"scenes\"") };
        await using var app = new CampaignApp
        {
            Parts = reading.Install,
            Settings = { ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "Information" },
        };
        await app.InitializeAsync();
        await app.SeedEventAsync();
        var before = reading.Lines.Count();

        await app.RestartAsync();

        await Wait.UntilAsync(() => reading.Lines.Count() > before, "the event is read");
    }
}
