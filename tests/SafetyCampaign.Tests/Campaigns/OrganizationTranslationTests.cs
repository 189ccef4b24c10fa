using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>What an organization is called in further languages.</summary>
public sealed class OrganizationTranslationTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private readonly Organization school = new("大塘冲小学", OrganizationKind.School);

    [Fact]
    public void A_reader_is_told_the_translation_and_the_name_where_there_is_none()
    {
        Assert.Equal("大塘冲小学", school.NameIn(English));

        school.Translate("en", "Datangchong Primary School");
        school.Translate("en", "Datangchong Primary");

        Assert.Equal(("Datangchong Primary", "大塘冲小学"), (school.NameIn(English), school.NameIn(Chinese)));
        Assert.Single(school.Translations);
    }

    [Fact]
    public void An_empty_one_is_none_and_another_name_has_none_until_one_is_given()
    {
        school.Translate("en", "Datangchong Primary");
        school.Rename(school.Name, OrganizationKind.School);
        Assert.Single(school.Translations);

        school.Rename("建宁小学", OrganizationKind.School);
        Assert.Empty(school.Translations);

        school.Translate("en", "Jianning Primary");
        school.Translate("en", "");
        Assert.Empty(school.Translations);
    }

    [Fact]
    public void The_host_that_is_the_organization_itself_is_called_as_it_calls_itself_unless_the_event_says_otherwise()
    {
        var day = new DateTimeOffset(2026, 7, 17, 9, 0, 0, TimeSpan.FromHours(8));
        var e = new CampaignEvent(new Campaign(school, "2026", new DateOnly(2026, 9, 30), day), school, "活动", "礼堂", day, day.AddHours(2));
        e.Describe(e.Title, e.Place, [school.Name], ["救援队"]);
        school.Translate("en", "Datangchong Primary");

        Assert.Equal(("Datangchong Primary", "救援队"), (e.PartnerIn(English, school.Name), e.PartnerIn(English, "救援队")));

        e.Translate("en", null, null, new Dictionary<string, string> { [school.Name] = "The school" });
        Assert.Equal("The school", e.PartnerIn(English, school.Name));
    }
}
