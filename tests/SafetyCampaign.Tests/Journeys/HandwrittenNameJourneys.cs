using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A grandmother who writes her name and cannot type it.</summary>
public sealed class HandwrittenNameJourneys(Browser browser) : Journey(browser)
{
    private const string Words = "不会打字？选好关系，手写就行";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task She_chooses_what_she_is_to_the_child_writes_and_is_thanked()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheGuardianAsync(await PhoneAsync(), e);
        var part = family.Part("Guardian");

        await part.GetByLabel(Words).CheckAsync();
        await Expect(part.GetByLabel("家长的姓名")).ToBeHiddenAsync();
        await Expect(part.GetByRole(AriaRole.Button, new() { Name = "用姓名代替" })).ToBeHiddenAsync();
        await part.GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
        await Expect(part.Locator("[id$=Relation-error]")).ToHaveTextAsync("请选择与孩子的关系。"); // nothing else says who she is
        await Expect(family.Canvas).ToBeHiddenAsync();
        await part.GetByLabel("与孩子的关系").SelectOptionAsync("grandmother");
        await Expect(part.Locator("[id$=Relation-error]")).ToHaveTextAsync("");

        await family.OpenPadAsync("Guardian");
        await Expect(family.Page.Locator("#pad h2")).ToHaveTextAsync("请写：家长的姓名");
        await Expect(family.Page.Locator(".pad-name")).ToHaveTextAsync(""); // no name to trace
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();
        await AccessibleAsync(family.Page);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await using var db = App.OpenStore();
        var guardian = await db.Pledges.SingleAsync(p => p.EventId == e.Id && p.Role == SignerRole.Guardian, Cancellation);
        Assert.Equal((SignatureKind.HandwrittenName, GuardianRelation.Grandmother, "王小明"),
            (guardian.SignatureKind, guardian.Relation, guardian.Name));
        // Whoever signs next at this phone is asked for a name again.
        await family.Page.GetByRole(AriaRole.Link, new() { Name = "换个人来签" }).ClickAsync();
        await family.ShowAsync(part.GetByLabel("家长的姓名"));
        await Expect(part.GetByLabel("家长的姓名")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_choice_stays_through_a_reload_and_can_be_taken_back_with_the_name_that_stood_there()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheGuardianAsync(await PhoneAsync(), e);
        var part = family.Part("Guardian");
        await part.GetByLabel("家长的姓名").FillAsync("李桂");
        await part.GetByLabel(Words).CheckAsync();
        await part.GetByLabel(Words).UncheckAsync();
        await Expect(part.GetByLabel("家长的姓名")).ToHaveValueAsync("李桂");
        await part.GetByLabel(Words).CheckAsync();
        await part.GetByLabel("与孩子的关系").SelectOptionAsync("grandmother");
        await family.OpenPadAsync("Guardian");
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();

        await family.Page.ReloadAsync();

        await Expect(part.GetByLabel(Words)).ToBeCheckedAsync();
        await family.HasWrittenAsync("Guardian");
        await Expect(part.GetByLabel("家长的姓名")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_she_signed_without_a_network_waits_and_arrives_as_it_was()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var family = await AtTheGuardianAsync(page, e);
        var part = family.Part("Guardian");
        await part.GetByLabel(Words).CheckAsync();
        await part.GetByLabel("与孩子的关系").SelectOptionAsync("grandfather");
        await family.OpenPadAsync("Guardian");
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();

        await page.RouteAsync("**/api/events/*/pledges", route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await page.UnrouteAsync("**/api/events/*/pledges");
        await page.ReloadAsync();

        await family.ThankedAsync("1和2");
        await using var db = App.OpenStore();
        Assert.Equal(SignatureKind.HandwrittenName,
            (await db.Pledges.SingleAsync(p => p.EventId == e.Id && p.Role == SignerRole.Guardian, Cancellation)).SignatureKind);
    }

    [Fact]
    public async Task Another_relation_is_another_person_who_writes_anew()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheGuardianAsync(await PhoneAsync(), e);
        var part = family.Part("Guardian");
        await part.GetByLabel(Words).CheckAsync();
        await part.GetByLabel("与孩子的关系").SelectOptionAsync("grandmother");
        await family.OpenPadAsync("Guardian");
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();
        await family.HasWrittenAsync("Guardian");

        await part.GetByLabel("与孩子的关系").SelectOptionAsync("grandfather");

        await Expect(part.Locator("svg path")).ToHaveCountAsync(0);
        await Expect(part.GetByText("还没有签名")).ToBeVisibleAsync();
    }

    private static async Task<Signer> AtTheGuardianAsync(IPage page, SeededEvent e)
    {
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.TypeSignatureAsync("Student");
        await family.ConsentAsync();
        await family.ShowAsync(family.Part("Guardian"));
        return family;
    }
}
