using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>What an event is called in further languages.</summary>
public sealed class EventTranslationTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly DateTimeOffset Day = new(2026, 7, 17, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly CampaignEvent e = NewEvent();

    [Fact]
    public void A_reader_is_told_the_translation_and_the_original_where_there_is_none()
    {
        e.Translate("en", "Water safety evening", null, new Dictionary<string, string> { ["救援队"] = "Rescue team" });

        Assert.Equal(("Water safety evening", "学校礼堂"), (e.TitleIn(English), e.PlaceIn(English)));
        Assert.Equal(("Rescue team", "社区"), (e.PartnerIn(English, "救援队"), e.PartnerIn(English, "社区")));
        Assert.Equal(("防溺水之夜", "救援队"), (e.TitleIn(Chinese), e.PartnerIn(Chinese, "救援队")));
    }

    [Fact]
    public void A_title_that_is_written_anew_has_no_translation_until_one_is_given()
    {
        e.Translate("en", "Water safety evening", "School hall");

        e.Describe("防溺水早晨", e.Place, e.Hosts, e.Partners);

        Assert.Equal(("防溺水早晨", "School hall"), (e.TitleIn(English), e.PlaceIn(English)));
    }

    [Fact]
    public void Partners_keep_their_translation_in_another_order_and_lose_it_with_their_name()
    {
        e.Translate("en", null, null, new Dictionary<string, string> { ["救援队"] = "Rescue team", ["社区"] = "Community", ["无"] = "None" });

        e.Describe(e.Title, e.Place, ["救援队"], []);

        Assert.Equal(["救援队"], Assert.Single(e.Translations).Partners.Keys);
    }

    [Fact]
    public void A_translation_that_says_nothing_is_none()
    {
        e.Translate("en", "Water safety evening", "School hall");

        e.Translate("en", "", "");

        Assert.Empty(e.Translations);
    }

    [Fact]
    public void A_duplicate_is_called_as_before_but_for_a_title_of_its_own()
    {
        e.Translate("en", "Water safety evening 2026", "School hall", new Dictionary<string, string> { ["救援队"] = "Rescue team" });

        var same = e.Duplicate(e.Title, Day.AddYears(1));
        var other = e.Duplicate("防溺水之夜 2027", Day.AddYears(1));

        Assert.Equal(("Water safety evening 2026", "School hall"), (same.TitleIn(English), same.PlaceIn(English)));
        Assert.Equal(("防溺水之夜 2027", "School hall", "Rescue team"),
            (other.TitleIn(English), other.PlaceIn(English), other.PartnerIn(English, "救援队")));
        Assert.NotSame(e.Translations[0], same.Translations[0]);
    }

    [Fact]
    public void An_event_called_as_the_template_calls_it_is_called_so_in_each_language()
    {
        var english = NewEvent(EventTemplate.TitleIn(English));

        EventTemplate.TranslateTitle(english);
        EventTemplate.TranslateTitle(e);

        Assert.Equal(EventTemplate.TitleIn(Chinese), english.TitleIn(Chinese));
        Assert.Equal(EventTemplate.TitleIn(English), english.TitleIn(English));
        Assert.Empty(e.Translations);
    }

    [Theory]
    [InlineData("2026暑期防溺水", "Summer water safety 2026", "2026暑期防溺水")]
    [InlineData("Summer water safety 2027", "Summer water safety 2027", "2027暑期防溺水")]
    [InlineData("2026秋冬防溺水", "Autumn and winter water safety 2026", "2026秋冬防溺水")]
    [InlineData("2026暑期防溺水（二）", "2026暑期防溺水（二）", "2026暑期防溺水（二）")]
    public void A_campaign_that_nobody_has_given_a_title_is_called_in_each_language(string written, string english, string chinese) =>
        Assert.Equal(
            (english, chinese), (EventTemplate.CampaignTitleIn(English, written), EventTemplate.CampaignTitleIn(Chinese, written)));

    [Fact]
    public void What_the_template_wrote_of_a_scene_is_read_in_each_language_until_somebody_changes_it()
    {
        foreach (var (chinese, english) in EventTemplate.Scenes(Chinese).Zip(EventTemplate.Scenes(English)))
        {
            Assert.Equal(english.Title, EventTemplate.TitleIn(English, chinese.Kind, chinese.Title));
            Assert.Equal(chinese.Notes, EventTemplate.NotesIn(Chinese, english.Kind, english.Notes));
            var settings = EventTemplate.SettingsIn(English, chinese.Kind, chinese.Settings);
            Assert.Equal(english.Settings.KeySentence, settings.KeySentence);
            Assert.Equal(english.Settings.Promises, settings.Promises);
            Assert.Equal(chinese.Title + "！", EventTemplate.TitleIn(English, chinese.Kind, chinese.Title + "！"));
        }
    }

    [Theory]
    [InlineData("防溺水之夜", "en")]
    [InlineData("Water safety evening", "zh-CN")]
    public void It_may_be_translated_into_every_language_but_its_own(string title, string tag) =>
        Assert.Equal([tag], new InterfaceLanguages(InterfaceLanguages.OfTheProduct).OfferedFor(title, []).Select(l => l.Tag));

    private static CampaignEvent NewEvent(string title = "防溺水之夜")
    {
        var organization = new Organization("社区", OrganizationKind.Community);
        var campaign = new Campaign(organization, "2026", new DateOnly(2026, 9, 30), Day);
        var made = new CampaignEvent(campaign, organization, title, "学校礼堂", Day, Day.AddHours(2));
        made.Describe(title, "学校礼堂", ["社区"], ["救援队"]);
        return made;
    }
}
