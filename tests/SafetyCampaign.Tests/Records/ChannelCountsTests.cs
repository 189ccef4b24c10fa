using SafetyCampaign.Records.RollUp;

namespace SafetyCampaign.Tests.Records;

/// <summary>What is counted in the background is whole where somebody waits for it.</summary>
public sealed class ChannelCountsTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_while_a_count_runs_gets_what_was_signed_before_the_question()
    {
        var counts = app.Get<ChannelCounts>();
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        for (var family = 1; family <= 8; family++)
        {
            await phone.SignedAsync(e, $"陈{family}", $"陈大{family}");

            var running = counts.CountAsync(Cancellation);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => counts.CountAsync(Cancellation)));

            Assert.Equal(2 * family, counts.Of(e.Id).Sum(count => count.People));
            Assert.NotNull(counts.At);
            await running;
        }
    }
}
