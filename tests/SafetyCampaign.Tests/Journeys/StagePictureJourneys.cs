using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Drawing;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// Every scene as a hall sees it, on three projectors, by day in Chinese and by night in English; with
/// <c>WRITE_PICTURES=1</c> the pictures in
/// docs/pictures/stage are taken anew.
/// </summary>
public sealed class StagePictureJourneys(Browser browser) : Journey(browser)
{
    /// <summary>Where in a scene its picture is taken; more than one where the steps differ.</summary>
    private static readonly Dictionary<SceneKind, int[]> Steps = new() { [SceneKind.Lecture] = [0, 1, 2, 3], [SceneKind.Oath] = [0, 3] };

    public static TheoryData<int, int, string, string> Projectors()
    {
        var all = new TheoryData<int, int, string, string>();
        foreach (var (width, height) in new[] { (1920, 1080), (1280, 720), (1024, 768) })
        {
            all.Add(width, height, "zh-CN", "light");
            all.Add(width, height, "en-GB", "dark");
        }
        return all;
    }

    public override async ValueTask InitializeAsync()
    {
        App.Settings["PublicBaseUrl"] = "https://pledge.example.cn";
        await base.InitializeAsync();
    }

    [Theory, MemberData(nameof(Projectors))]
    public async Task Each_scene_fits_reads_from_afar_and_shows_a_code_that_phones_read(int width, int height, string locale, string theme)
    {
        var e = await DemonstrateAsync();
        var stage = await StageAsync(e, width, height, locale, theme);

        foreach (var scene in e.Scenes)
            foreach (var step in Steps.GetValueOrDefault(scene.Kind, [0]))
            {
                await ShowAsync(stage, e, scene, step);
                await PhotographAsync(stage, $"{scene.Kind}{(step > 0 ? $"-{step + 1}" : "")}-{width}x{height}", theme);
                await NoFaultsAsync(stage, scene);
                if (await stage.Locator(".scan").IsVisibleAsync())
                    Assert.Equal("https://PLEDGE.EXAMPLE.CN/E/DEM001", await QrReader.ReadPngAsync(await stage.ScreenshotAsync()));
            }
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1024, 768)]
    public async Task The_longest_words_that_the_desk_takes_still_fit(int width, int height)
    {
        var e = await DemonstrateAsync();
        await App.ChangeEventAsync(e.Id, it => it.Describe(new string('溺', CampaignEvent.TitleMaxLength), it.Place, it.Hosts, it.Partners));
        await App.ChangeScenesAsync(e.Id, scene => scene.Edit(new string('誓', Scene.TitleMaxLength), "", scene.Settings with
        {
            Speaker = new string('讲', SceneSettings.SpeakerMaxLength),
            KeySentence = new string('话', SceneSettings.KeySentenceMaxLength),
            Lines = [.. Enumerable.Repeat(new string('不', SceneSettings.LineMaxLength), SceneSettings.MaxLines)],
            Promises = [.. Enumerable.Repeat(new string('诺', 30), SceneSettings.MaxLines)],
        }));
        var stage = await StageAsync(e, width, height, "zh-CN", "light");

        foreach (var scene in e.Scenes.Where(s => s.Kind is SceneKind.Welcome or SceneKind.Speech or SceneKind.Oath or SceneKind.Thanks))
        {
            await ShowAsync(stage, e, scene, step: 5);
            await NoFaultsAsync(stage, scene);
        }
    }

    /// <summary>What keeps somebody from reading: words outside the picture or under the code, words too pale for a lit hall.</summary>
    private const string Faults =
        """
        () => {
          const faults = [];
          const root = getComputedStyle(document.documentElement);
          const channel = c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
          const light = colour => colour.slice(0, 3).map(channel).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
          const read = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const hex = name => root.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi).map(part => parseInt(part, 16));
          const ground = element => {
            for (let it = element; it && it !== document.documentElement; it = it.parentElement) {
              const colour = read(getComputedStyle(it).backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return [colour];
            }
            return [hex('--stage'), hex('--sea')];
          };
          const code = document.querySelector('.scan').getBoundingClientRect();
          if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) faults.push('The stage scrolls.');
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const words = walker.currentNode.textContent.trim();
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const box = (getComputedStyle(element).overflow === 'hidden' ? element : range).getBoundingClientRect(); // an ellipsis ends it
            if (!words || !box.width || getComputedStyle(element).visibility === 'hidden' || !element.checkVisibility()) continue;
            if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) faults.push(`Outside the picture: ${words}`);
            if (!element.closest('.scan') && code.width && box.right > code.left && box.top < code.bottom && box.bottom > code.top && box.left < code.right) faults.push(`Under the code: ${words}`);
            const worst = Math.min(...ground(element).map(under => contrast(read(getComputedStyle(element).color), under)));
            if (worst < 7) faults.push(`Contrast ${worst.toFixed(1)}: ${words}`);
          }
          return faults.join('\n');
        }
        """;

    /// <summary>The demonstration event twelve minutes before it begins, with some families of each class.</summary>
    private async Task<PublishedEvent> DemonstrateAsync()
    {
        await App.Get<Demonstration>().CreateIfMissingAsync(TestContext.Current.CancellationToken);
        var e = await FindAsync();
        var starts = DateTimeOffset.UtcNow.AddMinutes(12);
        await App.ChangeEventAsync(e.Id,
            it => it.Schedule(starts, starts.AddHours(2), new DateTimeOffset(2099, 8, 31, 12, 0, 0, TimeSpan.Zero)));
        using var phone = App.CreateClient();
        foreach (var (group, place) in e.Classes.Select((group, place) => (group, place)))
            for (var i = 0; i < 2 + place * 5 % 7; i++)
                await phone.SignAsync(e.Code, Signing.Request(group.Id,
                    [Signing.Signer("student", $"王小明{i}"), Signing.Signer("guardian", $"王芳{i}", "mother")], guardianConsents: true));
        return await FindAsync();
    }

    private async Task<PublishedEvent> FindAsync() =>
        (await App.Get<PublishedEvents>().FindAsync(Demonstration.Code, TestContext.Current.CancellationToken))!;

    private async Task<IPage> StageAsync(PublishedEvent e, int width, int height, string locale, string theme)
    {
        var stage = await StageAsync(with =>
        {
            with.ViewportSize = new ViewportSize { Width = width, Height = height };
            with.Locale = locale;
            with.ReducedMotion = ReducedMotion.Reduce;
        });
        var line = stage.WaitForWebSocketAsync();
        await stage.GotoAsync($"/display/{e.Code}");
        await line;
        if (theme == "dark")
            await stage.Keyboard.PressAsync("t");
        await Expect(stage.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        return stage;
    }

    private static async Task NoFaultsAsync(IPage stage, PublishedScene scene)
    {
        var faults = await stage.EvaluateAsync<string>(Faults);
        Assert.True(faults == "", $"{scene.Kind}\n{faults}");
    }

    private async Task ShowAsync(IPage stage, PublishedEvent e, PublishedScene scene, int step)
    {
        Assert.True(await App.Get<StageConductor>().ShowAsync(e.Id, scene.Id, step));
        await Expect(stage.Locator($"[data-room='{scene.Id}']")).ToBeVisibleAsync();
        var now = scene.Kind switch { SceneKind.Lecture => ".card", SceneKind.Oath => ".lines li", _ => null };
        if (now is not null)
            await Expect(stage.Locator($"[data-room='{scene.Id}'] {now}").Nth(step)).ToBeVisibleAsync();
    }

    private static async Task PhotographAsync(IPage stage, string name, string theme)
    {
        if (Environment.GetEnvironmentVariable("WRITE_PICTURES") == "1" && theme == "light")
            await stage.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Source.Root, "docs", "pictures", "stage",
                $"{name.ToLowerInvariant()}.png")
            });
    }
}
