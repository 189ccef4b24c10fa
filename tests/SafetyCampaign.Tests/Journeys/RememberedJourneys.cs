using System.Text.RegularExpressions;
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
        await Expect(mine.GetByRole(AriaRole.Link)).ToContainTextAsync("暑期防溺水宣传活动 · "); // of which event
        await again.GotoAsync($"/e/{await AlsoForAsync(e.Primary)}");
        await Expect(again.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
        await Expect(again.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await again.GetByText("读完了，去签名").ClickAsync();
        await Expect(mine).ToBeHiddenAsync(); // not over another's form
        await again.GoBackAsync();
        await mine.GetByRole(AriaRole.Button, new() { Name = "从列表里清除" }).ClickAsync();
        await mine.GetByRole(AriaRole.Button, new() { Name = "放回列表" }).ClickAsync();
        await Expect(mine.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", receipt);
        await mine.GetByRole(AriaRole.Button, new() { Name = "从列表里清除" }).ClickAsync();
        await again.ReloadAsync();

        await Expect(mine).ToBeHiddenAsync();
        await again.HasNothingInLocalStorageAsync();
    }

    [Fact]
    public async Task A_receipt_opened_and_found_withdrawn_or_gone_is_not_in_the_list_any_more()
    {
        var e = await App.SeedEventAsync();
        using var anyone = App.CreateClient();
        var withdrawn = await anyone.SignedAsync(e);
        var kept = await anyone.SignedAsync(e, "李小红", "李强");
        await anyone.PostAsync(withdrawn + "?handler=Withdraw", null, Cancellation);
        var page = await PhoneAsync();
        await page.GotoAsync("/");
        await page.EvaluateAsync("receipts => localStorage.setItem('signed', JSON.stringify(receipts))",
            new[] { withdrawn[3..], "ofARehearsalThatWasErased", kept[3..] }.Select(receipt => new { receipt, place = "", code = e.Code }));
        var links = page.Locator(".mine").GetByRole(AriaRole.Link);

        for (var left = 3; left > 0; left--)
        {
            await page.GotoAsync($"/e/{e.Code}");
            await Expect(page.Locator(".mine").GetByText("你们签过了")).ToBeVisibleAsync();
            await Expect(links).ToHaveCountAsync(left);
            await links.First.ClickAsync();
            await Expect(page).Not.ToHaveURLAsync(new Regex("/e/"));
            await page.WaitForFunctionAsync("count => JSON.parse(localStorage.getItem('signed')).length === count", Math.Max(left - 1, 1));
        }
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_children_the_first_ones_class_is_known_and_the_tick_goes_with_the_list()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseAsync("家长和两个孩子一起签");
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.TypeSignatureAsync("Student");
        await family.NameAsync("第二个孩子的姓名", "王小红");
        await (await family.ShowAsync(family.Page.GetByLabel("第二个孩子在哪个班"))).SelectOptionAsync($"{e.Junior}");
        await family.TypeSignatureAsync("Sibling");
        await family.ConsentAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.TypeSignatureAsync("Guardian");
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1–3");
        var remember = family.Page.GetByLabel("这部手机记住回执");
        await remember.CheckAsync();

        var again = await family.Page.Context.NewPageAsync();
        await again.GotoAsync($"/e/{await AlsoForAsync(e.Primary)}");
        await Expect(again.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
        await Expect(again.Locator(".mine").GetByRole(AriaRole.Link)).ToContainTextAsync("·"); // the class in words

        await again.Locator(".mine").GetByRole(AriaRole.Button).ClickAsync();
        await family.Page.ReloadAsync();
        await Expect(remember).Not.ToBeCheckedAsync();
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
