using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a phone knows of its family when it comes back: receipts and classes, by choice, and no name.</summary>
public sealed class RememberedJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phone_remembers_the_receipt_where_it_is_asked_to_and_forgets_it_again()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        var receipt = (await family.Page.Locator("a.receipt").GetAttributeAsync("href"))!;
        await family.Page.GetByLabel("这部手机记住回执").CheckAsync();
        var stored = await family.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage })");
        Assert.DoesNotContain("王", stored, StringComparison.Ordinal);
        await family.Page.ReloadAsync();
        await Expect(family.Page.GetByLabel("这部手机记住回执")).ToBeCheckedAsync();

        var again = await family.Page.Context.NewPageAsync();
        await again.GotoAsync($"/e/{e.Code}");
        var mine = again.Locator(".mine");
        await Expect(mine.GetByText("你们签过了")).ToBeVisibleAsync();
        await Expect(mine.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", receipt);
        await again.GotoAsync($"/e/{(await App.SeedEventAsync(title: "另一场活动")).Code}");
        await Expect(mine.GetByText("这部手机签过的承诺")).ToBeVisibleAsync();
        await again.GotoAsync($"/e/{await AlsoForAsync(e.Primary)}");
        await Expect(again.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
        await Expect(again.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await mine.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(mine).ToBeHiddenAsync();
        Assert.Equal(0, await again.EvaluateAsync<int>("localStorage.length"));
    }

    /// <summary>Another event that a class is invited to.</summary>
    private async Task<string> AlsoForAsync(int classId)
    {
        var other = await App.SeedEventAsync();
        await using (var db = App.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == other.Id, Cancellation);
            gathering.Invite([.. gathering.Classes, await db.Classes.SingleAsync(c => c.Id == classId, Cancellation)]);
            await db.SaveChangesAsync(Cancellation);
        }
        await App.Get<PublishedEvents>().ChangedAsync(other.Id, Cancellation);
        return other.Code;
    }
}
