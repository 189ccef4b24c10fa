using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The sheet to write on, under real fingers and hands.</summary>
public sealed partial class PadJourneys(Browser browser) : Journey(browser)
{
    /// <summary>阿卜杜热西提·阿卜杜热合曼 has 88 strokes.</summary>
    private const string LongName = "阿卜杜热西提·阿卜杜热合曼";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ink_keeps_its_size_and_place_however_often_the_phone_is_turned()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        var page = family.Page;
        await family.WriteAsync("Guardian");

        await family.OpenPadAsync("Student");
        await family.Canvas.SignAsync();
        var turns = new[] { (640, 360), (360, 640), (360, 580), (360, 640), (640, 300), (640, 360), (300, 560), (360, 640) };
        foreach (var (width, height) in turns)
            await ResizeAsync(page, width, height);
        await family.ClosePadAsync();
        Assert.Equal(await PictureAsync(family, "Guardian"), await PictureAsync(family, "Student"));

        // What is written after the phone was turned stands where the finger was, beside what was there.
        await family.OpenPadAsync("Student");
        await family.Canvas.StrokeAsync((0.2, 0.2), (0.2, 0.8));
        await ResizeAsync(page, 640, 360);
        await family.Canvas.StrokeAsync((0.4, 0.1), (0.4, 0.9));
        await ResizeAsync(page, 360, 640);
        var strokes = await StrokesAsync(page);
        Assert.Equal(2, strokes.Count);
        // Upright, the first went along the sheet, the second across it through two fifths of its length.
        Assert.True(strokes[0].Width > 8 * strokes[0].Height, $"{strokes[0]}");
        Assert.True(strokes[1].Height > 8 * strokes[1].Width, $"{strokes[1]}");
        Assert.InRange(strokes[1].Left, strokes[0].Left, strokes[0].Left + strokes[0].Width);
    }

    [Fact]
    public async Task After_a_flicked_stroke_the_keys_answer_at_once_and_no_point_of_it_is_lost()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        var pad = family.Page.Locator("#pad");
        await family.OpenPadAsync("Student");

        for (var i = 0; i < 4; i++)
        {
            await FlickAsync(family.Canvas);
            await Task.Delay(100 + 30 * i, Cancellation); // as fast as a thumb reaches the key
            await pad.Locator("[data-do=again]").FingerTapAsync();
            await StandsAsync(family.Page, strokes: 0);
        }

        var hand = await family.Canvas.HandAsync();
        await hand.TouchAsync(new Touch(0, 0.5, 0.1));
        const int Places = 200;
        await Task.WhenAll(Enumerable.Range(1, Places).Select(i =>
            hand.MoveAsync(new Touch(0, 0.5 + 0.2 * Math.Sin(i / 9.0), 0.1 + 0.8 * i / Places))));
        await hand.LiftAsync();
        await StandsAsync(family.Page, strokes: 1);
        Assert.InRange((await StrokesAsync(family.Page))[0].Points, Places * 9 / 10, Places + 2);

        await FlickAsync(family.Canvas);
        await Task.Delay(100, Cancellation);
        await pad.Locator("[data-do=done]").FingerTapAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_resting_palm_is_no_pen_a_second_finger_ends_no_stroke_and_a_trembling_touch_is_no_signature()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        var page = family.Page;
        var pad = page.Locator("#pad");
        await family.OpenPadAsync("Student");
        var hand = await family.Canvas.HandAsync();

        // The side of the hand lies there first, as small as a finger.
        var palm = new Touch(0, 0.8, 0.9);
        for (var stroke = 1; stroke <= 2; stroke++)
        {
            await hand.TouchAsync(palm);
            await hand.TouchAsync(palm, new Touch(1, 0.3, 0.2 * stroke));
            await hand.MoveAsync(palm, new Touch(1, 0.35, 0.2 * stroke + 0.1));
            await hand.MoveAsync(palm, new Touch(1, 0.4, 0.2 * stroke + 0.15));
            await hand.LiftAsync();
            await StandsAsync(page, stroke);
        }
        Assert.All(await StrokesAsync(page), stroke => Assert.InRange(stroke.Width, 0.13 * 640 * 4, 0.17 * 640 * 4));

        // Somebody's whole palm, on its own and beside a finger that writes.
        await hand.TouchAsync(new Touch(0, 0.5, 0.5, Radius: 60));
        await hand.MoveAsync(new Touch(0, 0.6, 0.6, Radius: 60));
        await hand.LiftAsync();
        await StandsAsync(page, strokes: 2);
        await hand.TouchAsync(new Touch(0, 0.2, 0.2));
        await hand.MoveAsync(new Touch(0, 0.2, 0.4));
        await hand.TouchAsync(new Touch(0, 0.2, 0.4), new Touch(1, 0.7, 0.7));
        await hand.MoveAsync(new Touch(0, 0.2, 0.8), new Touch(1, 0.8, 0.9));
        await hand.LiftAsync();
        await StandsAsync(page, strokes: 3);
        Assert.InRange((await StrokesAsync(page))[2].Width, 0.55 * 640 * 4, 0.65 * 640 * 4);

        await pad.Locator("[data-do=again]").ClickAsync();
        var box = (await family.Canvas.BoundingBoxAsync())!;
        await hand.TouchAsync(new Touch(0, 0.5, 0.5));
        await hand.MoveAsync(new Touch(0, 0.5 + 2.5 / box.Width, 0.5));
        await hand.LiftAsync();
        await StandsAsync(page, strokes: 1);
        await pad.GetByText("完成").ClickAsync();
        await Expect(pad.GetByText("还没有写")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_name_of_eighty_eight_strokes_arrives_whole_and_what_cannot_is_said_before_the_sheet_is_closed()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e, LongName);
        var pad = family.Page.Locator("#pad");
        await family.OpenPadAsync("Student");
        await WriteByScriptAsync(family.Page, strokes: 87);
        await family.Canvas.StrokeAsync((0.8, 0.2), (0.8, 0.3));
        await family.ClosePadAsync();
        await family.HasWrittenAsync("Student");
        await family.WriteAsync("Guardian");
        await family.ConsentAsync();

        await family.OpenPadAsync("Guardian");
        await WriteByScriptAsync(family.Page, strokes: 300, apart: true);
        await family.Canvas.StrokeAsync((0.8, 0.2), (0.8, 0.3));
        await Expect(pad.GetByText("笔画太多")).ToBeVisibleAsync();
        await pad.GetByText("完成").ClickAsync();
        await Expect(pad.GetByText("笔画太多")).ToBeVisibleAsync();
        await pad.GetByText("重写").ClickAsync();
        await Expect(pad.GetByText("笔画太多")).ToBeHiddenAsync();
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await using var db = App.OpenStore();
        var stored = await SignaturesOf(db, e).OrderBy(s => s.Sequence).Select(s => s.Strokes).ToListAsync(Cancellation);
        Assert.Equal([88, 2], stored.Select(bytes => Strokes.Decode(bytes).Strokes.Count));
    }

    [Fact]
    public async Task The_name_to_trace_is_whole_on_every_sheet_also_on_two_lines_and_on_an_upright_tablet()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e, LongName);
        await family.OpenPadAsync("Student");
        await Expect(family.Page.Locator(".pad-name span")).ToHaveCountAsync(2);

        foreach (var (width, height) in new[] { (360, 640), (390, 844), (640, 360), (320, 568), (768, 1024), (1024, 768) })
        {
            await ResizeAsync(family.Page, width, height);
            var bar = (await family.Page.Locator(".pad-bar").BoundingBoxAsync())!;
            var isOnItsSide = bar.Height > bar.Width;
            Assert.Equal(height > width, isOnItsSide);
            foreach (var line in await family.Page.Locator(".pad-name span").AllAsync())
            {
                var box = (await line.BoundingBoxAsync())!;
                Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= width && box.Y + box.Height <= height,
                    $"{width}: {box.X} {box.Y}");
                Assert.True(isOnItsSide ? box.X + box.Width <= bar.X + 1 : box.Y >= bar.Y + bar.Height - 1, $"{width}: {box.X} {box.Y}");
            }
        }
    }

    [Fact]
    public async Task Another_name_asks_for_new_ink_and_the_same_in_other_spelling_does_not()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e, "anna");
        var student = family.Part("Student");
        await family.WriteAsync("Student");

        await family.NameAsync("学生的姓名", "Anna ");
        await family.NameAsync("家长的姓名", "王芳"); // the first field is left
        await family.HasWrittenAsync("Student");

        await family.NameAsync("学生的姓名", "Anne");
        await family.NameAsync("家长的姓名", "王芳");
        await Expect(student.GetByText("还没有签名")).ToHaveCountAsync(1);
        await family.Submit.ClickAsync();
        await Expect(student.GetByText("请手写签名")).ToBeVisibleAsync();
    }

    private static async Task<Signer> AtTheNamesAsync(IPage page, SeededEvent e, string child = "王小明")
    {
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", child);
        await family.NameAsync("家长的姓名", "王芳");
        return family;
    }

    /// <summary>Turns the phone, or shows and hides the address bar, and waits until the page has been told.</summary>
    private static async Task ResizeAsync(IPage page, int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.WaitForFunctionAsync(
            "([w, h]) => innerWidth === w && innerHeight === h && document.querySelector('#pad canvas').width > 0",
            new[] { width, height });
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private static async Task FlickAsync(ILocator canvas)
    {
        var hand = await canvas.HandAsync();
        await hand.TouchAsync(new Touch(0, 0.3, 0.2));
        foreach (var y in new[] { 0.35, 0.55, 0.8 })
            await hand.MoveAsync(new Touch(0, 0.3, y));
        await hand.LiftAsync();
    }

    private static Task<string?> PictureAsync(Signer family, string seat) => family.Part(seat).Locator("svg").GetAttributeAsync("viewBox");

    /// <summary>Waits until so many strokes stand on the sheet.</summary>
    private static async Task StandsAsync(IPage page, int strokes)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20, Cancellation))
        {
            var standing = (await StrokesAsync(page)).Count;
            if (standing == strokes)
                return;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), $"{standing} strokes stand on the sheet, not {strokes}.");
        }
    }

    /// <summary>The boxes of the strokes that stand on the sheet, upright and in quarter pixels, and how many points each has.</summary>
    private static async Task<List<(double Left, double Width, double Height, int Points)>> StrokesAsync(IPage page)
    {
        var written = JsonSerializer.Deserialize<JsonElement>(
            await page.EvaluateAsync<string>("import('/dist/PhoneLater.js').then(pad => JSON.stringify(pad.written()?.ink ?? null))"));
        return written.ValueKind == JsonValueKind.Null ? [] : [.. written.GetProperty("strokes").EnumerateArray().Select(stroke =>
        {
            var (x, y) = (stroke.EnumerateArray().Select(p => p[0].GetDouble()).ToList(),
                stroke.EnumerateArray().Select(p => p[1].GetDouble()).ToList());
            return (x.Min(), x.Max() - x.Min(), y.Max() - y.Min(), x.Count);
        })];
    }

    /// <summary>So many short strokes on the open sheet: beside one another, or each far from the one before.</summary>
    private static Task WriteByScriptAsync(IPage page, int strokes, bool apart = false) => page.EvaluateAsync(
        """
        ([count, apart]) => import('/dist/PhoneLater.js').then(pad => {
          const title = document.querySelector('#pad h2');
          const [before, after] = title.dataset.words.split('{0}');
          pad.restore({
            name: title.textContent.slice(before.length, title.textContent.length - after.length),
            ink: {
              width: 2400, height: 1100,
              strokes: [...Array(count).keys()].map(i => {
                const [x, y] = apart ? [100 + i % 2 * 1500, 100 + i * 2] : [100 + i % 20 * 100, 100 + Math.floor(i / 20) * 120];
                return [[x, y, 0], [x + 40, y + 20, 40], [x + 60, y + 80, 80]];
              }),
            },
          });
        })
        """,
        new object[] { strokes, apart });
}
