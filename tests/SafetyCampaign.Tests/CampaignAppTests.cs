using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests;

public sealed class CampaignAppTests
{
    [Fact]
    public async Task A_seeded_event_is_published_with_its_texts_and_classes()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var seeded = await app.SeedEventAsync();

        var published = await app.Get<PublishedEvents>().FindAsync(seeded.Code, TestContext.Current.CancellationToken);

        Assert.NotNull(published);
        Assert.Equal(4, published.Texts.Count);
        Assert.Equal([seeded.Primary, seeded.OtherPrimary, seeded.Junior, seeded.Senior], published.Classes.Select(c => c.Id));
    }

    [Fact]
    public async Task A_restarted_program_listens_on_the_same_port_and_finds_its_data()
    {
        await using var app = new CampaignApp { Kestrel = true };
        await app.InitializeAsync();
        var seeded = await app.SeedEventAsync();
        var before = app.Address;

        await app.RestartAsync();

        Assert.Equal(before, app.Address);
        Assert.NotNull(await app.Get<PublishedEvents>().FindAsync(seeded.Code, TestContext.Current.CancellationToken));
    }
}
