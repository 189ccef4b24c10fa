using System.Net;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What is signed stays Chinese; a translation stands below it.</summary>
public sealed partial class PhonePageTests
{
    [Fact]
    public async Task A_reader_of_english_sees_what_is_signed_and_a_translation_of_each_clause_below_it()
    {
        var e = await app.SeedEventAsync();
        using var english = app.CreateClient("en");

        var page = WebUtility.HtmlDecode(await english.GetStringAsync($"/e/{e.Code}", Cancellation));

        Assert.Contains("""<section class="wording" lang="zh-CN">""", page);
        var translated = OfficialTexts.TranslationsOf(OfficialTexts.For(SignerRole.Student)[0])[0].Wording;
        Assert.All(OfficialTexts.SixDonts.Zip(translated.Clauses), clause =>
            Assert.Contains($"""<li>{clause.First}<span lang="en" dir="ltr">{clause.Second}</span></li>""", page));
        Assert.Contains($"""<h2>{translated.Title}</h2>""", page[page.IndexOf("id=\"sign\"", StringComparison.Ordinal)..]);
        Assert.Contains("You sign the Chinese; a translation stands below.", page);
        Assert.DoesNotContain("?read=", page);
    }

    [Fact]
    public async Task A_text_without_a_translation_stays_as_it_is_signed()
    {
        var e = await app.SeedEventAsync();
        await app.RewriteTextAsync(e, SignerRole.Student);
        using var english = app.CreateClient("en");

        var page = WebUtility.HtmlDecode(await english.GetStringAsync($"/e/{e.Code}", Cancellation));

        Assert.Contains($"<li>{OfficialTexts.SixDonts[0]}</li>", page);
        Assert.Contains("""<h2 lang="zh-CN">学生防溺水承诺书</h2>""", page);
    }

    [Fact]
    public async Task A_chinese_page_offers_the_translations_by_plain_links_and_shows_the_chosen_one_in_its_direction()
    {
        var e = await app.SeedEventAsync();
        await app.RewriteTextAsync(e, SignerRole.Guardian, [SampleTexts.Uyghur]);
        var address = $"/e/{e.Code}?c={e.Primary}";
        var page = WebUtility.HtmlDecode(await phone.GetStringAsync(address, Cancellation));
        Assert.DoesNotContain("lang=\"ug\" dir=\"rtl\">" + SampleTexts.Uyghur.Wording.Title, page);

        var link = $"/e/{e.Code}?c={e.Primary}&read=ug#texts";
        Assert.Contains($"""<a href="{link}" lang="ug" dir="rtl" hreflang="ug">ئۇيغۇرچە</a>""", page);
        var read = WebUtility.HtmlDecode(await phone.GetStringAsync(link, Cancellation));

        Assert.All(SampleTexts.ForGuardians.Clauses.Zip(SampleTexts.Uyghur.Wording.Clauses), clause =>
            Assert.Contains($"""<li>{clause.First}<span lang="ug" dir="rtl">{clause.Second}</span></li>""", read));
        Assert.Contains($"""<a href="{address}#texts">只看中文</a>""", read);
        Assert.Contains($"""<option selected="selected" value="{e.Primary}">""", read);
    }

    [Fact]
    public async Task The_translation_stays_when_the_form_comes_back()
    {
        var e = await app.SeedEventAsync();
        var page = WebUtility.HtmlDecode(
            await (await phone.SubmitAsync($"/e/{e.Code}?read=en", [])).Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("""<span lang="en" dir="ltr">I will not go swimming without permission</span>""", page);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("")]
    [InlineData("%3Cscript%3E")]
    public async Task A_translation_that_is_not_there_leaves_the_page_as_it_is(string read)
    {
        var e = await app.SeedEventAsync();
        var page = WebUtility.HtmlDecode(await phone.GetStringAsync($"/e/{e.Code}?read={read}", Cancellation));
        Assert.Contains($"<li>{OfficialTexts.SixDonts[0]}</li>", page);
        Assert.DoesNotContain("<script>alert", page);
    }

    [Fact]
    public async Task A_vertical_script_is_marked_for_its_style()
    {
        var e = await app.SeedEventAsync();
        await app.RewriteTextAsync(e, SignerRole.Guardian,
            [SampleTexts.Uyghur with { Language = "mn-Mong", Direction = TextDirection.Vertical }]);
        Assert.Contains("lang=\"mn-Mong\" dir=\"ltr\" class=\"vertical\"",
            await phone.GetStringAsync($"/e/{e.Code}?read=mn-Mong", Cancellation));
    }
}
