using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Drawing;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// Every scene as a hall sees it, on three projectors, by day in Chinese and by night in English; with <c>WRITE_PICTURES=1</c> the
/// pictures in docs/pictures/stage are taken anew.
/// </summary>
public sealed class StagePictureJourneys(Browser browser) : Journey(browser, new CampaignApp { Kestrel = true })
{
    /// <summary>Where in a scene its picture is taken; more than one where the steps differ.</summary>
    private static readonly Dictionary<SceneKind, int[]> Steps = new()
    {
        [SceneKind.Lecture] = [2, 5, 8, 11],
        [SceneKind.Oath] = [0, 4],
        [SceneKind.Thanks] = [0, 1],
    };

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
            foreach (var (place, step) in Steps.GetValueOrDefault(scene.Kind, [0]).Index())
            {
                await ShowAsync(stage, e, scene, step);
                await PhotographAsync(stage, $"{scene.Kind}{(place > 0 ? $"-{place + 1}" : "")}-{width}x{height}", theme);
                await StageFaults.NoneAsync(stage, scene.Kind);
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
            await ShowAsync(stage, e, scene, scene.Kind == SceneKind.Thanks ? 0 : 5);
            await StageFaults.NoneAsync(stage, scene.Kind);
        }
    }

    /// <summary>A hall that is lit lifts blacks by 35%; 600 pixels are what an eye resolves of a 3.5 m wide screen at 20 m.</summary>
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task From_the_last_row_of_a_lit_hall_the_water_stands_out_and_the_large_code_is_read(string theme)
    {
        var e = await DemonstrateAsync();
        var stage = await StageAsync(e, 1920, 1080, "zh-CN", theme);

        foreach (var scene in e.Scenes)
        {
            await ShowAsync(stage, e, scene, step: 0);
            var level = await stage.EvaluateAsync<float>(LevelAtRest);
            using var seen = SKBitmap.Decode(await stage.ScreenshotAsync());
            var contrast = Contrast(At(seen, level - .09f), At(seen, level + .03f));
            Assert.True(contrast >= 1.6, $"The water of {scene.Kind} has a contrast of {contrast:0.00}.");
        }
        await ShowAsync(stage, e, e.Scenes.First(scene => scene.Kind == SceneKind.Signing), step: 0);
        Assert.True(await App.Get<StageConductor>().ShowLargeCodeAsync(e.Id, true));
        await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-large-code", "");
        using var code = FromAfar(await stage.ScreenshotAsync());
        using var png = code.Encode(SKEncodedImageFormat.Png, 100);
        Assert.Equal("https://PLEDGE.EXAMPLE.CN/E/DEM001", await QrReader.ReadPngAsync(png.ToArray()));
    }

    [Fact]
    public async Task No_scene_is_a_still_picture()
    {
        var e = await DemonstrateAsync();
        var stage = await StageAsync();
        await stage.GotoAsync($"/display/{e.Code}");
        foreach (var kind in new[] { SceneKind.Welcome, SceneKind.Oath, SceneKind.Signing, SceneKind.Thanks })
        {
            await ShowAsync(stage, e, e.Scenes.First(scene => scene.Kind == kind), step: 0);
            var first = await stage.ScreenshotAsync();
            for (var i = 0; (await stage.ScreenshotAsync()).AsSpan().SequenceEqual(first); i++)
                Assert.True(i < 20, $"{kind} stands still.");
        }
    }

    /// <summary>Where the surface stands, a share of the height from above, once it rises no further.</summary>
    private const string LevelAtRest =
        """
        () => new Promise(done => {
          const level = () => new DOMMatrix(getComputedStyle(document.querySelector('.sea')).transform).f / innerHeight;
          let last = NaN;
          const look = () => level() === last ? done(last) : (last = level(), setTimeout(look, 200));
          look();
        })
        """;

    private static SKBitmap FromAfar(byte[] screenshot)
    {
        using var whole = SKBitmap.Decode(screenshot);
        var seen = whole.Resize(new SKSizeI(600, 600 * whole.Height / whole.Width),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        seen.Pixels = [.. seen.Pixels.Select(Lift)];
        return seen;
    }

    private static SKColor Lift(SKColor colour)
    {
        return new SKColor(Lifted(colour.Red), Lifted(colour.Green), Lifted(colour.Blue));

        static byte Lifted(byte channel) => (byte)(channel + (.35f * (255 - channel)));
    }

    /// <summary>A little from the left edge, where no words stand; a share of the height from above.</summary>
    private static SKColor At(SKBitmap seen, float y) => Lift(seen.GetPixel(25, Math.Clamp((int)(y * seen.Height), 0, seen.Height - 1)));

    private static double Contrast(SKColor one, SKColor other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);

        static double Luminance(SKColor colour) =>
            (.2126 * Linear(colour.Red)) + (.7152 * Linear(colour.Green)) + (.0722 * Linear(colour.Blue));
        static double Linear(byte channel) => channel / 255d is var c && c <= .03928 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4);
    }

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

    private async Task ShowAsync(IPage stage, PublishedEvent e, PublishedScene scene, int step)
    {
        Assert.True(await App.Get<StageConductor>().ShowAsync(e.Id, scene.Id, step));
        await Expect(stage.Locator($"[data-room='{scene.Id}']")).ToBeVisibleAsync();
        var now = scene.Kind switch
        {
            SceneKind.Lecture or SceneKind.Thanks => $"[data-step='{step}']",
            SceneKind.Oath => $".lines li:nth-child({step + 1})[aria-current]",
            _ => null,
        };
        if (now is not null)
            await Expect(stage.Locator($"[data-room='{scene.Id}'] {now}")).ToBeVisibleAsync();
    }

    private static async Task PhotographAsync(IPage stage, string name, string theme)
    {
        if (Environment.GetEnvironmentVariable("WRITE_PICTURES") == "1"
            && (theme == "light" || name.EndsWith("1280x720", StringComparison.Ordinal)))
            await stage.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Source.Root, "docs", "pictures", "stage",
                    $"{name.ToLowerInvariant()}{(theme == "dark" ? "-dark" : "")}.png"),
            });
    }
}
