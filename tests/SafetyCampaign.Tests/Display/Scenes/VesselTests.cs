using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Display.Scenes;

/// <summary>Under which names the classes of an event stand on a stage.</summary>
public sealed class VesselTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Theory]
    [InlineData(1, 14, 14)]
    [InlineData(1, 24, 24)]
    [InlineData(2, 50, 2)]
    [InlineData(9, 99, 9)]
    public async Task Beside_each_other_stand_classes_whose_names_have_room_and_else_their_schools(int schools, int classes, int shown) =>
        Assert.Equal(shown, Vessel.BesideEachOther(await WithAsync(i => $"第{i % schools}小学", i => i, classes), None).Count);

    [Fact]
    public async Task Two_classes_of_one_name_are_told_apart_by_their_schools()
    {
        var e = await WithAsync(i => $"第{i % 2}小学", i => i / 2, 6);

        Assert.Equal(["第0小学", "第1小学"], Vessel.BesideEachOther(e, None).Select(vessel => vessel.Name));
        Assert.Equal(6, Vessel.Of(e, None).Count); // above the names of their schools
    }

    private static Tally None => new("", 0, 0, 0, new Dictionary<string, int>(), [], DateTimeOffset.UnixEpoch);

    private async Task<PublishedEvent> WithAsync(Func<int, string> school, Func<int, int> number, int classes)
    {
        var e = (await app.Get<PublishedEvents>().FindAsync((await app.SeedEventAsync()).Code, TestContext.Current.CancellationToken))!;
        return e with
        {
            Classes = [.. Enumerable.Range(0, classes).Select(
                i => new PublishedClass(1000 + i, school(i), ClassName.OfGrade(1, 1 + number(i)), NeedsGuardian: true, 45))],
        };
    }
}
