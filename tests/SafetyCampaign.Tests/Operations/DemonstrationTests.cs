using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Operations;

public sealed class DemonstrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_development_an_empty_database_gets_the_founding_case_ready_to_sign()
    {
        await using var app = new CampaignApp { Environment = "Development", Unmigrated = true };
        await app.InitializeAsync();

        var shown = await app.Get<PublishedEvents>().FindAsync(Demonstration.Code, Cancellation);

        Assert.NotNull(shown);
        Assert.Equal(SigningStatus.Open, shown.SigningAt(app.Get<TimeProvider>().GetUtcNow()));
        Assert.Equal("大塘冲社区", shown.Organization);
        Assert.Equal(["大塘冲社区卫生服务中心", "绿舟应急救援队"], shown.Partners);
        Assert.Equal(14, shown.Classes.Count);
        Assert.All(shown.Classes, c => Assert.InRange(c.Expected!.Value, 44, 50));
        Assert.Equal(Enum.GetValues<SignerRole>(), shown.Texts.Select(text => text.Role));
        Assert.All(shown.Texts, text => Assert.True(Assert.Single(text.Translations).Official));
        await using var db = app.OpenStore();
        var parts = (await db.Events.Include(e => e.Scenes).SingleAsync(Cancellation)).Scenes.OrderBy(scene => scene.Position);
        Assert.Equal(EventTemplate.Scenes().Select(scene => scene.Kind), parts.Select(scene => scene.Kind));
        Assert.All(parts.Where(scene => scene.Kind == SceneKind.Speech), speech => Assert.NotEmpty(speech.Settings.Speaker));
        Assert.All(parts, scene => Assert.NotEmpty(scene.Notes));
    }

    [Fact]
    public async Task In_production_nothing_is_invented()
    {
        await using var app = new CampaignApp { Environment = "Production" };
        await app.InitializeAsync();

        await using var db = app.OpenStore();
        Assert.False(await db.Organizations.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_database_with_something_in_it_is_left_alone()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        await app.SeedEventAsync();

        await app.Get<Demonstration>().CreateInEmptyDatabaseAsync(Cancellation);

        Assert.Null(await app.Get<PublishedEvents>().FindAsync(Demonstration.Code, Cancellation));
    }

    [Fact]
    public async Task Asking_twice_makes_one()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        for (var i = 0; i < 2; i++)
            await app.Get<Demonstration>().CreateIfMissingAsync(Cancellation);

        await using var db = app.OpenStore();
        Assert.Single(await db.Events.ToListAsync(Cancellation));
    }
}
