using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Tests.Records;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Every page, in light and dark, held against WCAG by axe; and with text twice as large, by the width of a phone.</summary>
public sealed class AccessJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task What_keeps_somebody_out_is_found_in_a_page_and_in_a_frame_of_it()
    {
        var page = await PhoneAsync();
        await page.GotoAsync("/");
        await page.SetContentAsync(
            """
            <!doctype html><html lang=en><title>A</title><main><h1>A</h1><img src=a.png>
            <iframe title=A srcdoc="<!doctype html><html lang=en><title>B</title><main><h1>B</h1><img src=b.png></main>"></iframe></main>
            """);

        var found = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AccessibleAsync(page));

        Assert.Contains("image-alt", found.Message);
        Assert.Contains("a.png", found.Message);
        Assert.Contains("b.png", found.Message);
    }

    [Fact]
    public async Task Public_pages_keep_nobody_out_in_either_theme()
    {
        var page = await PhoneAsync();
        foreach (var address in await PublicPagesAsync())
        {
            await page.GotoAsync(address);
            await AccessibleInEitherThemeAsync(page);
        }
    }

    [Fact]
    public async Task Each_step_of_signing_keeps_nobody_out_in_either_theme()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ReadOnAsync();
        await AccessibleInEitherThemeAsync(family.Page);
        await family.Next.ClickAsync(); // without a class: a line at the field
        await AccessibleInEitherThemeAsync(family.Page);
        await family.ChooseClassAsync(e.Primary);
        await family.ShowSubmitAsync();
        await AccessibleInEitherThemeAsync(family.Page);
        await family.Submit.ClickAsync(); // nothing filled in: the list of mistakes
        await AccessibleInEitherThemeAsync(family.Page);
        await family.NameAsync("学生的姓名", "王小明");
        await family.OpenPadAsync("Student");
        await AccessibleInEitherThemeAsync(family.Page);
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.TypeSignatureAsync("Guardian");
        var consent = await family.ShowAsync(family.Page.GetByLabel("同意", new() { Exact = true }));
        await family.Page.Locator(".rules-link a").ClickAsync();
        await Expect(family.Page.Locator(".consent .rules")).ToContainTextAsync("向网信部门投诉");
        await AccessibleInEitherThemeAsync(family.Page);
        await consent.CheckAsync();
        await AccessibleInEitherThemeAsync(family.Page);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        await AccessibleInEitherThemeAsync(family.Page);
    }

    [Theory]
    [InlineData(EventState.Draft)]
    [InlineData(EventState.Rehearsal)]
    [InlineData(EventState.Open)]
    [InlineData(EventState.Closed)]
    public async Task The_stage_keeps_nobody_out_in_either_theme(EventState state)
    {
        var e = await App.SeedEventAsync(state);
        var stage = await StageAsync();
        await stage.GotoAsync($"/display/{e.Code}");
        await AccessibleAsync(stage);
        await stage.Keyboard.PressAsync("t");
        await Expect(stage.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await AccessibleAsync(stage);
    }

    [Fact]
    public async Task The_page_of_the_first_administrator_keeps_nobody_out_in_either_theme()
    {
        await using var first = new CampaignApp { Kestrel = true };
        await first.InitializeAsync();
        var page = await DeskAsync();

        await page.GotoAsync(
            new Uri(first.Address, await first.Get<SetUpInvitation>().PathAsync(TestContext.Current.CancellationToken)).ToString());

        await AccessibleInEitherThemeAsync(page);
    }

    [Fact]
    public async Task The_desk_keeps_nobody_out_in_either_theme()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await page.GotoAsync("/organize/sign-in");
        await AccessibleInEitherThemeAsync(page);
        await SignInAsync(page, e);
        foreach (var address in await DeskPagesAsync(e))
        {
            await page.GotoAsync(address);
            await AccessibleInEitherThemeAsync(page);
        }
    }

    [Fact]
    public async Task With_text_twice_as_large_every_public_page_is_read_by_scrolling_down_alone()
    {
        var page = await PhoneAsync();
        foreach (var address in await PublicPagesAsync())
        {
            await page.GotoAsync(address);
            await NoSidewaysAsync(page);
            await EnlargeTextAsync(page);
            await NoSidewaysAsync(page);
        }
    }

    [Fact]
    public async Task With_text_twice_as_large_the_form_is_read_by_scrolling_down_alone()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();
        await EnlargeTextAsync(family.Page);
        await NoSidewaysAsync(family.Page);
    }

    [Fact]
    public async Task The_desk_fits_a_phone()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await SignInAsync(page, e);
        foreach (var address in (await DeskPagesAsync(e)).Where(a => !a.EndsWith("/poster", StringComparison.Ordinal)))
        {
            await page.GotoAsync(address);
            await NoSidewaysAsync(page);
        }
    }

    private async Task<IReadOnlyList<string>> PublicPagesAsync()
    {
        var (open, draft, rehearsal, closed) = (await App.SeedEventAsync(), await App.SeedEventAsync(EventState.Draft),
            await App.SeedEventAsync(EventState.Rehearsal), await App.SeedEventAsync(EventState.Closed));
        using var phone = App.CreateClient();
        JsonObject signed = await (await phone.SignAsync(open.Code, Signing.Family(open))).JsonAsync();
        return ["/", "/?code=NSCHC0", $"/e/{open.Code}", $"/e/{open.Code}?lang=en", $"/e/{open.Code}/rules?lang=en",
            $"/e/{open.Code}/rules?lang=zh-CN",
            $"/e/{draft.Code}", $"/e/{rehearsal.Code}", $"/e/{closed.Code}",
            $"/r/{signed["receipt"]}", $"/r/{signed["receipt"]}/correct", $"/r/{signed["receipt"]}/data", "/e/NSCHC0", "/r/nothing",
            "/verify", "/verify/0000-0000-0000", $"/verify/{signed["verification"]}",
            $"/verify/{signed["verification"]}?lang=en", "/?lang=zh-CN"];
    }

    private async Task<IReadOnlyList<string>> DeskPagesAsync(SeededEvent e)
    {
        var (draft, rehearsal, closed) = (await App.SeedEventAsync(EventState.Draft), await App.SeedEventAsync(EventState.Rehearsal),
            await App.SeedEventAsync(EventState.Closed));
        int school, account, merged;
        long pledge;
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));
        await using (var db = App.OpenStore())
        {
            pledge = (await db.Pledges.FirstAsync(p => p.EventId == e.Id, TestContext.Current.CancellationToken)).Sequence;
            school = (await db.Classes.SingleAsync(c => c.Id == e.Primary, TestContext.Current.CancellationToken)).SchoolId;
            account = (await db.Users.FirstAsync(u => u.OrganizationId == e.District, TestContext.Current.CancellationToken)).Id;
            var into = await db.Classes.Include(c => c.School)
                .SingleAsync(c => c.Id == e.OtherPrimary, TestContext.Current.CancellationToken);
            var group = new ClassGroup(into.School, 4, 1);
            db.Add(group);
            group.MergeInto(into, DateTimeOffset.UtcNow);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            merged = group.Id;
            // One tree, so that one account sees them all.
            var root = await db.Organizations.SingleAsync(o => o.Id == e.District, TestContext.Current.CancellationToken);
            foreach (var district in new[] { draft.District, rehearsal.District, closed.District })
                await db.Organizations.Where(o => o.Path.StartsWith($"/{district}/")).ExecuteUpdateAsync(
                    set => set.SetProperty(o => o.Path, o => root.Path + o.Path.Substring(1)), TestContext.Current.CancellationToken);
        }
        var lecture = await App.SettleSceneAsync(e, SceneKind.Lecture, settings => settings);
        await App.SeedReportPhotoAsync(e);
        var desk = $"/organize/events/{e.Code}";
        var texts = $"/organize/campaigns/{e.CampaignId}/texts";
        return ["/organize", "/organize?state=draft", "/organize/events/new", "/organize/events/new?start=copy", desk, $"{desk}/facts",
            $"{desk}/classes", $"{desk}/scenes", $"{desk}/hosts", $"{desk}/pictures",
            $"{desk}/scenes/{lecture}/cards", $"{desk}/scenes/{lecture}/cards/Float", $"{desk}/records/report",
            $"{desk}/records/report/edit", $"{desk}/records/report/photos",
            $"{desk}/records/archive", $"{desk}/sheets", DeskRoutes.ClassSheets(e.Code, e.Primary), DeskRoutes.RollUp,
            DeskRoutes.EventPrint(e.Code),
            DeskRoutes.Tokens, DeskRoutes.Exports, DeskRoutes.AuditPack,
            DeskRoutes.CampaignRetention(e.CampaignId), "/verifier.html",
            $"{desk}/records", $"{desk}/records/book", $"{desk}/records/book?c={e.Primary}",
            $"{desk}/signers", $"{desk}/signers?print=true", $"{desk}/lost-receipt", $"{desk}/lost-receipt/guardian/{pledge}",
            DeskRoutes.ReceiptCopy(e.Code, "guardian", pledge),
            $"{desk}/close", $"{desk}/review", $"{desk}/review/suspicious", $"{desk}/review/acts", $"{desk}/poster",
            $"/organize/events/{draft.Code}", $"/organize/events/{draft.Code}/rehearse", $"/organize/events/{rehearsal.Code}",
            $"/organize/events/{rehearsal.Code}/open", $"/organize/events/{closed.Code}", texts, $"{texts}/student/1",
            $"{texts}/student/edit",
            $"/organize/campaigns/{e.CampaignId}/rules", DeskRoutes.CampaignTitle(e.CampaignId),
            "/organize/organizations", $"/organize/organizations/{e.Organization}", $"/organize/organizations/{school}",
            DeskRoutes.SchoolClasses(school), DeskRoutes.SchoolClass(school, e.Primary),
            $"{DeskRoutes.SchoolClass(school, e.Primary)}?Into={e.OtherPrimary}", DeskRoutes.SchoolClass(school, merged),
            DeskRoutes.Roster(school),
            DeskRoutes.ClassRoster(school, e.Primary),
            "/organize/accounts", $"/organize/accounts/{account}", "/organize/accounts/new", "/organize/password",
            "/organize/second-factor", "/organize/sessions",
            "/organize/clock",
            "/organize/nothing"];
    }
}
