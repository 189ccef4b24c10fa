using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A family keeps its receipt: it copies the address, prints the page, and finds a refused correction again.</summary>
public sealed class KeptReceiptJourneys(Browser browser) : Journey(browser)
{
    /// <summary>As over plain HTTP: what is copied is what is selected.</summary>
    private const string NoClipboard =
        """
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        addEventListener('copy', () => window.copied = document.activeElement.value);
        """;

    private const string Clipboard =
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text; } } })";

    [Theory]
    [InlineData(Clipboard)]
    [InlineData(NoClipboard)]
    public async Task The_thanks_and_the_receipt_copy_its_address_and_say_so(string browserWith)
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.AddInitScriptAsync(browserWith);
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        var receipt = await page.Locator("#receipt-link").EvaluateAsync<string>("it => it.href");

        await page.GetByRole(AriaRole.Button, new() { Name = "复制回执链接" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "已复制" })).ToBeVisibleAsync();
        await Expect(page.Locator("#done [role=status]", new() { HasText = "已复制" })).ToHaveCountAsync(1);
        Assert.Equal(receipt, await page.EvaluateAsync<string>("window.copied"));
        await AccessibleAsync(page);

        await page.Locator("#receipt-link").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "复制链接" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "已复制" })).ToBeVisibleAsync();
        var copied = await page.EvaluateAsync<string>("window.copied");
        Assert.Equal(new Uri(receipt).AbsolutePath, new Uri(copied).AbsolutePath);
        await AccessibleAsync(page);
    }

    [Fact]
    public async Task Where_the_browser_copies_nothing_the_address_stands_there_selected()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.AddInitScriptAsync(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;");
        await page.GotoAsync(await ReceiptOfAsync(e));

        await page.GetByRole(AriaRole.Button, new() { Name = "复制链接" }).ClickAsync();

        var field = page.GetByRole(AriaRole.Textbox, new() { Name = "复制链接" });
        await Expect(field).ToBeFocusedAsync();
        Assert.EndsWith(new Uri(page.Url).AbsolutePath, await field.InputValueAsync(), StringComparison.Ordinal);
        await AccessibleAsync(page);
    }

    [Fact]
    public async Task Without_a_script_the_address_stands_there_and_no_button()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.JavaScriptEnabled = false);
        await page.GotoAsync(await ReceiptOfAsync(e));

        await Expect(page.Locator("#address")).ToContainTextAsync(new Uri(page.Url).AbsolutePath);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "复制链接" })).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task On_paper_the_receipt_of_a_family_of_two_is_one_sheet_and_has_nothing_to_press(string language)
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.Locale = language);
        await page.GotoAsync(await ReceiptOfAsync(e));
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var shown in new[] { "h1", ".receipt-number", ".verification", "#address", ".signed-by >> nth=0", ".signed-by >> nth=1" })
            await Expect(page.Locator(shown).First).ToBeVisibleAsync();
        foreach (var pressed in new[] { "button", "form", "summary", ".frame-header a", ".rights", ".certificate" })
            await Expect(page.Locator($"{pressed} >> visible=true")).ToHaveCountAsync(0);

        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true }));
        Assert.Equal(1, pdf.NumberOfPages);
        var sheet = pdf.GetPage(1);
        Assert.InRange(sheet.Width, 594, 596); // points: A4
        Assert.Contains(new Uri(page.Url).AbsolutePath, sheet.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_to_a_correction_that_was_refused_shows_why_and_what_was_typed_until_it_is_saved_or_given_up()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.GotoAsync(await ReceiptOfAsync(e));
        await page.GetByText("更正姓名或班级").ClickAsync();
        await page.GetByLabel("学生的姓名").FillAsync("王晓明😀");
        await page.GetByLabel("家长的姓名").FillAsync("王芳芳");
        await Save(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("姓名里有不能用的符号");

        await page.GoBackAsync();
        await RefusedAsync();
        await page.Locator("a.back").ClickAsync();
        await Expect(page).ToHaveTitleAsync(new Regex("^承诺回执"));
        await page.GoBackAsync();
        await RefusedAsync();
        await AccessibleAsync(page);

        await page.GetByLabel("学生的姓名").FillAsync("王晓明");
        await Save(page).ClickAsync();
        await Expect(page.GetByText("更正过")).ToBeVisibleAsync();
        await page.GetByText("更正姓名或班级").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("家长的姓名")).ToHaveValueAsync("王芳芳");

        await page.GetByLabel("学生的姓名").FillAsync("");
        await Save(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByText("不改了").ClickAsync();
        await page.GetByText("更正姓名或班级").ClickAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王晓明");

        async Task RefusedAsync()
        {
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("姓名里有不能用的符号");
            await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王晓明😀");
            await Expect(page.GetByLabel("学生的姓名")).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(page.GetByLabel("家长的姓名")).ToHaveValueAsync("王芳芳");
        }
    }

    private static ILocator Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "保存更正" });

    private async Task<string> ReceiptOfAsync(SeededEvent e)
    {
        using var phone = App.CreateClient();
        return await phone.SignedAsync(e);
    }
}
