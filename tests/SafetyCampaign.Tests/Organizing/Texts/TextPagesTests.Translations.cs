using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing.Texts;

/// <summary>What may be read beside a wording: added, changed, taken away, shown.</summary>
public sealed partial class TextPagesTests
{
    [Fact]
    public async Task An_organizer_adds_a_uyghur_translation_and_it_is_stored_beside_the_official_one()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync(Edit(e), Uyghur(1));

        Assert.EndsWith("/texts/guardian/2", answer.Headers.Location!.ToString());
        var text = await NewestAsync(e);
        Assert.Equal(["en", "ug"], text.Translations.Select(t => t.Language));
        Assert.Equal([true, false], text.Translations.Select(t => t.Official));
        Assert.Equal(TextDirection.RightToLeft, text.Translations[1].Direction);
        Assert.Equal(SampleTexts.Uyghur.Wording.Clauses, text.Translations[1].Wording.Clauses);
        var shown = await organizer.ReadAsync(answer.Headers.Location.ToString());
        Assert.Contains("系统自带", shown);
        Assert.Contains("组织者添加", shown);
        Assert.Contains(Convert.ToHexStringLower(text.ContentHash()), shown);
        Assert.Contains($"<span lang=\"ug\" dir=\"rtl\">{SampleTexts.Uyghur.Wording.Clauses[0]}</span>", shown);
        using var phone = app.CreateClient();
        Assert.Contains(SampleTexts.Uyghur.Wording.Clauses[0],
            WebUtility.HtmlDecode(await phone.GetStringAsync($"/e/{e.Code}?read=ug", Cancellation)));
    }

    [Fact]
    public async Task Saving_the_form_as_it_stands_makes_no_version_of_a_translated_text_either()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await organizer.SendAsync(Edit(e), Uyghur(1));

        var answer = await organizer.SendAsync(Edit(e));

        Assert.EndsWith("/texts/guardian/2", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_translation_that_is_to_go_or_left_empty_is_not_in_the_next_version()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await organizer.SendAsync(Edit(e), Uyghur(1));

        await organizer.SendAsync(Edit(e), ("Form.Translations[0].Remove", "true"));

        Assert.Equal(["ug"], (await NewestAsync(e)).Translations.Select(t => t.Language));
    }

    [Fact]
    public async Task An_official_translation_that_was_changed_is_the_organizers_own()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await organizer.SendAsync(Edit(e), ("Form.Translations[0].Title", "Our pledge"));

        var translation = Assert.Single((await NewestAsync(e)).Translations);
        Assert.Equal(("Our pledge", false), (translation.Wording.Title, translation.Official));
    }

    [Fact]
    public async Task A_language_that_is_not_offered_is_added_by_its_tag_and_a_direction_is_kept_as_chosen()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await organizer.SendAsync(Edit(e),
            [.. Uyghur(1), ("Form.Translations[1].Language", "other"), ("Form.Translations[1].Tag", " UR-pk "),
            ("Form.Translations[1].Direction", "LeftToRight")]);

        var translation = (await NewestAsync(e)).Translations[1];
        Assert.Equal(("ur-PK", TextDirection.LeftToRight), (translation.Language, translation.Direction));
        var again = await organizer.SendAsync(Edit(e));
        Assert.EndsWith("/texts/guardian/2", again.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("Language", "", "请填写语言。")]
    [InlineData("Language", "other", "请填写语言代码。")]
    [InlineData("Language", "维吾尔", "语言代码不是有效的语言代码")]
    [InlineData("Language", "zh-Hant", "中文不用译")]
    [InlineData("Language", "en", "语言：English已经有一份译文了")]
    [InlineData("Direction", "Sideways", "书写方向请在列表里选一个")]
    [InlineData("Direction", "7", "书写方向请在列表里选一个")]
    [InlineData("Title", "", "请填写译文标题。")]
    [InlineData("Clauses", "بىر", "承诺书有6条，译文有1条")]
    [InlineData("Closing", "", "请填写译文结尾。")]
    [InlineData("Title", "بىر\u202Eئىككى", "译文标题里有看不见的字符或表情符号")]
    public async Task What_is_wrong_with_a_translation_is_said_at_its_field_and_nothing_is_lost(string field, string value, string line)
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(
            await organizer.SendAsync(Edit(e), [.. Uyghur(1), ($"Form.Translations[1].{field}", value)]));

        Assert.Contains(line, page);
        Assert.Contains("href=\"#Form_Translations_1__", page);
        Assert.Matches("<details class=\"translation\" open[^>]*>\\s*<summary>", page);
        foreach (var (name, kept) in Uyghur(1).Where(f =>
            !f.Name.EndsWith(field, StringComparison.Ordinal) && !f.Name.EndsWith("Language", StringComparison.Ordinal)))
            Assert.Contains(kept!.Split('\n')[0], page);
        Assert.Equal(1, (await NewestAsync(e)).Version);
    }

    [Fact]
    public async Task The_preview_shows_each_translation_and_offers_room_for_another()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync(Edit(e) + "?handler=Preview", Uyghur(1)));

        Assert.Contains("手机上的样子 · ئۇيغۇرچە", page);
        Assert.Contains($"<span lang=\"ug\" dir=\"rtl\">{SampleTexts.Uyghur.Wording.Clauses[5]}</span>", page);
        Assert.Contains("name=\"Form.Translations[2].Title\"", page);
        Assert.Equal(1, (await NewestAsync(e)).Version);
    }

    [Fact]
    public async Task An_official_wording_brings_its_translation()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains("I will not swim in streams",
            await organizer.ReadAsync($"/organize/campaigns/{e.CampaignId}/texts/student/edit?official=2"));
    }

    [Fact]
    public async Task An_official_translation_stays_behind_when_the_wording_is_no_longer_the_official_one()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync(Edit(e), [.. Uyghur(1), ("Form.Closing", "我承诺。")]);

        Assert.Equal(["ug"], (await NewestAsync(e)).Translations.Select(t => t.Language));
        Assert.Contains("官方译文就没有带上", await organizer.ReadAsync(answer.Headers.Location!.ToString()));
    }

    private static (string Name, string? Value)[] Uyghur(int place) =>
    [
        ($"Form.Translations[{place}].Language", "ug"), ($"Form.Translations[{place}].Title", SampleTexts.Uyghur.Wording.Title),
        ($"Form.Translations[{place}].Clauses", string.Join('\n', SampleTexts.Uyghur.Wording.Clauses)),
            ($"Form.Translations[{place}].Closing", SampleTexts.Uyghur.Wording.Closing),
    ];
}
