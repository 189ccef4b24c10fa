using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Desk;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Scenes are drawn to their place by pointer.</summary>
public sealed partial class FormJourneys
{
    [Fact]
    public async Task A_scene_is_drawn_to_its_place_with_what_was_typed_and_stays_where_it_was_after_escape()
    {
        var (page, e) = await BeginAsync();
        await page.GotoAsync(DeskRoutes.EventScenes(e.Code));
        var titles = await TitlesAsync(page);

        await DrawAsync(page, from: 1, to: 4);
        await page.Keyboard.PressAsync("Escape");
        await page.Mouse.UpAsync();
        await Expect(Scene(page, 1)).Not.ToHaveClassAsync(new Regex("dragged"));
        Assert.Equal(titles, await TitlesAsync(page));

        await UnfoldAsync(page, 5);
        await Title(page, 5).FillAsync("大家一起读");
        foreach (var open in new[] { true, false }) // what is unfolded in a scene is not the scene
            await Scene(page, 5).Locator(".more").First.EvaluateAsync(
                "(it, open) => new Promise(done => { it.addEventListener('toggle', done, { once: true }); it.open = open; })", open);
        await DrawAsync(page, from: 1, to: 4);
        await DropAsync(page);
        await DrawAsync(page, from: 5, to: 0);
        await DropAsync(page);
        await Expect(Scene(page, 0).Locator("details:not(.more)")).ToHaveJSPropertyAsync("open", true); // as it was left
        var shown = await TitlesAsync(page);
        await SaveAsync(page);

        Assert.Equal(["大家一起读", titles[0], titles[2], titles[3], titles[4], titles[1], .. titles[6..]], shown);
        Assert.Equal(shown, (await LoadAsync(e)).Scenes.OrderBy(s => s.Position).Select(s => s.Title));
    }

    private static ILocator Up(IPage page, int place) => Scene(page, place).Locator("button").First;

    /// <summary>Shows a scene's fields, if they are not shown.</summary>
    private static Task UnfoldAsync(IPage page, int place) =>
        Scene(page, place).Locator("details:not(.more)").EvaluateAsync("it => { if (!it.open) it.querySelector('summary').click(); }");

    /// <summary>Draws a scene by its grip over another, without letting go.</summary>
    private static async Task DrawAsync(IPage page, int from, int to)
    {
        var grip = (await Scene(page, from).Locator(".grip").BoundingBoxAsync())!;
        var over = (await Scene(page, to).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(grip.X + grip.Width / 2, grip.Y + grip.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(grip.X + grip.Width / 2, over.Y + (to > from ? over.Height - 3 : 3), new() { Steps = 3 });
        await Expect(Scene(page, to)).ToHaveClassAsync(new Regex("drop-"));
    }

    /// <summary>Lets go, and waits for the form that comes.</summary>
    private static async Task DropAsync(IPage page)
    {
        var form = await page.Locator("main form:has(.scenes)").ElementHandleAsync();
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("form => !form.isConnected && document.readyState === 'complete'", form);
    }
}
