using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>What a campaign is called, edited at the desk in its own language and in further ones.</summary>
public sealed class CampaignTitlePageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_title_typed_beside_the_original_is_read_in_english_wherever_the_desk_names_the_campaign()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        await organizer.SendAsync(DeskRoutes.CampaignTitle(e.CampaignId, e.Code),
            ("Form.Title", "河边的夏天"), ("Form.Translations[0].Title", "A summer by the river"));

        var english = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator, "en");
        foreach (var page in new[] { $"/organize/events/{e.Code}", DeskRoutes.CampaignTexts(e.CampaignId), DeskRoutes.Retention,
            DeskRoutes.CampaignRules(e.CampaignId), DeskRoutes.CampaignRetention(e.CampaignId), DeskRoutes.NewEvent })
        {
            Assert.Contains("A summer by the river", await english.ReadAsync(page));
            Assert.DoesNotContain("河边的夏天", await english.ReadAsync(page));
            Assert.Contains("河边的夏天", await organizer.ReadAsync(page));
        }
    }

    [Fact]
    public async Task Without_a_translation_the_original_is_read_and_marked_with_its_language()
    {
        var e = await app.SeedEventAsync();
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");

        await english.SendAsync(DeskRoutes.CampaignTitle(e.CampaignId), ("Form.Title", "河边的夏天"));

        Assert.Contains("<span lang=\"zh-CN\">河边的夏天</span>", await english.ReadAsync(DeskRoutes.CampaignTexts(e.CampaignId)));
        Assert.Contains("<span lang=\"zh-CN\">河边的夏天</span>", await english.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task Another_title_has_no_translation_but_what_is_typed_with_it()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = DeskRoutes.CampaignTitle(e.CampaignId);
        await organizer.SendAsync(address, ("Form.Title", "河边的夏天"), ("Form.Translations[0].Title", "A summer by the river"));

        await organizer.SendAsync(address, ("Form.Title", "湖边的夏天"), ("Form.Translations[0].Title", ""));

        await using var db = app.OpenStore();
        var stored = await db.Campaigns.SingleAsync(c => c.Id == e.CampaignId, Cancellation);
        Assert.Equal("湖边的夏天", stored.Title);
        Assert.Empty(stored.Translations);
    }

    [Fact]
    public async Task What_does_not_fit_is_said_at_its_field_and_kept_and_the_second_of_two_tabs_is_told()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = DeskRoutes.CampaignTitle(e.CampaignId);
        var opened = DeskVisitor.Form(await organizer.ReadAsync(address));
        var tooLong = new string('x', Campaign.TitleMaxLength + 1);

        var refused = await DeskVisitor.TextAsync(
            await organizer.SendAsync(address, ("Form.Title", ""), ("Form.Translations[0].Title", tooLong)));
        Assert.Contains("请填写名称", refused);
        Assert.Contains($"名称的译文最多{Campaign.TitleMaxLength}个字", refused);
        Assert.Contains($"value=\"{tooLong}\"", refused);

        await organizer.SendAsync(address, ("Form.Translations[0].Title", "First"));
        var second = await organizer.PostAsync(address, [.. opened, ("Form.Translations[0].Title", "Second")]);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Contains("别人刚保存过这里", await DeskVisitor.TextAsync(second));
        await using var db = app.OpenStore();
        Assert.Equal("First", Assert.Single((await db.Campaigns.SingleAsync(c => c.Id == e.CampaignId, Cancellation)).Translations).Title);
    }

    [Fact]
    public async Task Another_organizations_campaign_is_not_found()
    {
        var (own, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var organizer = await DeskVisitor.SignInAsync(app, own.Organization);

        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync(DeskRoutes.CampaignTitle(other.CampaignId))).StatusCode);
    }
}
