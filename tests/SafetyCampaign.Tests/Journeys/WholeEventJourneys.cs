using System.Net;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// The founding case in one go: a host's phone, two projectors, a family at the door. On the way one projector's router
/// dies and the program is restarted twice, and nobody in the hall sees it.
/// </summary>
public sealed class WholeEventJourneys(Browser browser) : Journey(browser, new CampaignApp { Kestrel = true })
{
    private const int CountdownSeconds = 20;

    [Fact]
    public async Task From_the_welcome_to_the_thanks_both_projectors_show_the_same_whatever_breaks()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var course = await ShortenCountdownAsync(e);
        await using var line = new ImpairedProxy(IPEndPoint.Parse($"127.0.0.1:{App.Address.Port}"));
        var left = await WatchAsync(e);
        var right = await WatchAsync(e, line.Address);
        IPage[] both = [left, right];
        var host = await PhoneAsync();
        await SignInAsync(host, e);
        await host.GotoAsync($"/host/{e.Code}");
        var family = await Signer.ScanAsync(await PhoneAsync(), e);

        await OnBothAsync(both, SceneKind.Welcome);
        await NextAsync(host, both, SceneKind.Film);
        await NextAsync(host, both, SceneKind.Speech);
        await NextAsync(host, both, SceneKind.Lecture);

        // A router dies in the middle of the lecture; the other projector goes on, and this one keeps what it shows.
        line.Break(CutKind.Silent);
        await PressNextAsync(host);
        await Expect(Point(left, 1)).ToBeVisibleAsync();
        await PressNextAsync(host);
        await Expect(Point(left, 2)).ToBeVisibleAsync();
        await Expect(Point(right, 0)).ToBeVisibleAsync();
        line.Mend();
        await Expect(Point(right, 2)).ToBeVisibleAsync();
        for (var step = 3; step < 4 * LectureCardContent.MaxPoints; step++)
            await PressNextAsync(host);
        await Expect(Point(right, (4 * LectureCardContent.MaxPoints) - 1)).ToBeVisibleAsync();

        await NextAsync(host, both, SceneKind.Cpr);
        await host.GetByRole(AriaRole.Button, new() { Name = "开始打节拍，开声音" }).ClickAsync();
        foreach (var stage in both)
            await Expect(On(stage)).ToContainTextAsync("30");
        await App.RestartAsync();

        await NextAsync(host, both, SceneKind.Oath);
        var lines = OathScene.LinesOf(course, course.Scenes.First(s => s.Kind == SceneKind.Oath));
        for (var i = 0; i < lines.Count; i++)
        {
            await PressNextAsync(host);
            foreach (var stage in both)
                await Expect(On(stage).Locator("[aria-current]")).ToContainTextAsync(lines[i]);
        }

        // Now sign: the phone that has waited opens, and the count waits for the wave.
        await Expect(Next(host)).ToContainTextAsync("现在签");
        await NextAsync(host, both, SceneKind.Signing);
        foreach (var stage in both)
            await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-code", "plate");
        await family.ChooseClassAsync(e.Primary);
        using (var others = App.CreateClient())
            await others.SignAsync(e.Code, Signing.Family(e, "李小花", "李刚"));
        await App.RestartAsync();

        foreach (var stage in both)
            await Expect(stage.Locator(".signing [data-people]:visible"))
                .ToHaveTextAsync("2", new() { Timeout = 1000 * CountdownSeconds * 2 });
        await NextAsync(host, both, SceneKind.Wave);
        foreach (var stage in both)
        {
            await Expect(stage.Locator(".wave [data-people]")).ToHaveTextAsync("2");
            await RememberCountsAsync(stage);
        }
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.TypeSignatureAsync("Student");
        await family.NameAsync("家长的姓名", "王芳");
        await family.TypeSignatureAsync("Guardian");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("3和4");
        foreach (var stage in both)
            await Expect(stage.Locator(".wave [data-people]")).ToHaveTextAsync("4");

        await NextAsync(host, both, SceneKind.Thanks);
        foreach (var stage in both)
        {
            await Expect(On(stage).Locator("[data-people]")).ToHaveTextAsync("4");
            Assert.True(await stage.EvaluateAsync<bool>("seenCounts.every((count, i) => i === 0 || count >= seenCounts[i - 1])"),
                "A count fell.");
        }
    }

    private static ILocator Next(IPage host) => host.Locator("#next");

    private static ILocator On(IPage stage) => stage.Locator(".room:not([hidden])");

    private static ILocator Point(IPage stage, int step) => On(stage).Locator($"[data-step='{step}']");

    /// <summary>
    /// Presses until the page in the hand offers what comes after: it does not take a finger that comes down just after a
    /// change. During the countdown there is no next.
    /// </summary>
    private static async Task PressNextAsync(IPage host)
    {
        await Expect(Next(host)).ToBeEnabledAsync();
        var act = (await Next(host).GetAttributeAsync("formaction"))!;
        var moved = host.WaitForFunctionAsync("act => document.querySelector('#next').getAttribute('formaction') !== act", act);
        while (!moved.IsCompleted)
        {
            await host.EvaluateAsync("act => document.querySelector(`#next[formaction='${act}']`)?.click()", act);
            await Task.WhenAny(moved, host.WaitForResponseAsync(answer => answer.Url.Contains("handler=Now", StringComparison.Ordinal)));
        }
        await moved;
    }

    private static async Task NextAsync(IPage host, IPage[] stages, SceneKind kind)
    {
        await PressNextAsync(host);
        await OnBothAsync(stages, kind);
    }

    private static async Task OnBothAsync(IPage[] stages, SceneKind kind)
    {
        foreach (var stage in stages)
            await Expect(On(stage)).ToHaveAttributeAsync("data-kind", kind.WireName());
    }

    private static Task RememberCountsAsync(IPage stage) => stage.EvaluateAsync(
        """
        () => {
          const seen = window.seenCounts = [];
          const note = () => seen.push(Number(document.querySelector('.wave [data-people]').textContent));
          note();
          new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """);

    private async Task<PublishedEvent> ShortenCountdownAsync(SeededEvent e)
    {
        await using (var db = App.OpenStore())
        {
            var oath = db.Set<Scene>().Single(s => s.EventId == e.Id && s.Kind == SceneKind.Oath);
            oath.Edit(oath.Title, oath.Notes, oath.Settings with { CountdownSeconds = CountdownSeconds });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await App.Get<PublishedEvents>().ContentChangedAsync(x => x.Id == e.Id);
        return (await App.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!;
    }
}
