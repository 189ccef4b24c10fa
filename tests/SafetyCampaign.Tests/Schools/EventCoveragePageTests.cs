using AngleSharp.Html.Parser;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>Numbers of an event's classes for its organizers.</summary>
public sealed class EventCoveragePageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Fact]
    public async Task Each_class_and_school_has_its_numbers_by_channel_and_nobody_is_named()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "陈一"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var phone = app.CreateClient();
        await phone.SignInClassAsync(secret, "王小明", pupils[0]);
        await phone.SignedAsync(e, "王小明", "王芳"); // at home as well: counts with the first
        await phone.SignedAsync(e, "王小红", "李芳");
        await app.Get<SafetyCampaign.Schools.ClassPage.RosterAnswers>()
            .SetAsync(e.Id, e.Primary, pupils[2], RosterAnswerKind.Declined, TestContext.Current.CancellationToken);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var page = await observer.ReadAsync(DeskRoutes.EventCoverage(e.Code));

        var rows = new HtmlParser().ParseDocument(page).QuerySelectorAll("tbody tr")
            .ToDictionary(
                row => row.QuerySelector("th")!.TextContent.Trim(), row => row.QuerySelectorAll("td").Select(td => td.TextContent));
        // Expected, signed, families; phone and relay, the channels that were used; declined, absent.
        Assert.Equal(["45", "2", "2", "1", "1", "1", "–"], rows["五（1）班"]);
        Assert.Equal(["–", "2", "2", "1", "1", "1", "–"], rows["大塘冲小学"]);
        Assert.Equal("0", rows["七（3）班"].ElementAt(1));
        Assert.DoesNotContain("王小明", page, StringComparison.Ordinal);
    }
}
