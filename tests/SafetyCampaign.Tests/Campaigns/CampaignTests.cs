using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class CampaignTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Campaign campaign =
        new(new Organization("大塘冲社区", OrganizationKind.Community), "2026 暑期防溺水", new DateOnly(2026, 9, 30), Now);

    [Fact]
    public void A_changed_wording_becomes_the_next_version_and_leaves_the_last_as_it_was()
    {
        var first = campaign.Write(SignerRole.Student, new PledgeWording("承诺书", ["不私自下水游泳"], "。"), Now);
        var second = campaign.Write(SignerRole.Student, new PledgeWording("承诺书", ["不私自下水游泳", "不到不熟悉的水域游泳"], "。"), Now);

        Assert.Equal((1, 2), (first.Version, second.Version));
        Assert.Single(first.Clauses);
        Assert.Equal(2, campaign.Texts.Count);
    }

    [Fact]
    public void An_unchanged_wording_stays_the_version_it_is()
    {
        var wording = new PledgeWording("承诺书", ["不私自下水游泳"], "。");
        var first = campaign.Write(SignerRole.Student, wording, Now);

        Assert.Same(first, campaign.Write(SignerRole.Student, wording with { Clauses = [.. wording.Clauses] }, Now.AddDays(1)));
    }

    [Fact]
    public void Going_back_to_an_older_wording_is_a_version_of_its_own()
    {
        var wording = new PledgeWording("承诺书", ["不私自下水游泳"], "。");
        campaign.Write(SignerRole.Student, wording, Now);
        campaign.Write(SignerRole.Student, wording with { Title = "学生承诺书" }, Now);

        Assert.Equal(3, campaign.Write(SignerRole.Student, wording, Now).Version);
    }

    [Fact]
    public void Roles_count_their_versions_apart()
    {
        campaign.Write(SignerRole.Student, new PledgeWording("学生", [], ""), Now);
        campaign.Write(SignerRole.Student, new PledgeWording("学生二", [], ""), Now);

        Assert.Equal(1, campaign.Write(SignerRole.Guardian, new PledgeWording("家长", [], ""), Now).Version);
    }

    [Fact]
    public void The_official_texts_give_every_role_its_first_version()
    {
        OfficialTexts.WriteInto(campaign, Now);
        Assert.Equal(Enum.GetValues<SignerRole>(), campaign.Texts.Select(t => t.Role));
        Assert.All(campaign.Texts, text => Assert.Equal(1, text.Version));
    }

    [Fact]
    public void A_campaign_has_complete_rules_on_childrens_data_from_its_first_day()
    {
        Assert.Equal((1, RulesSettings.Usual("大塘冲社区", new DateOnly(2026, 9, 30))),
            (campaign.RulesInForce.Version, campaign.RulesInForce.Settings));
        Assert.Equal(Now, campaign.RulesInForce.WrittenAt);
    }

    [Fact]
    public void Names_go_one_school_term_after_the_campaigns_end()
    {
        Assert.Equal(new DateOnly(2027, 2, 28), RulesSettings.Usual("", new DateOnly(2026, 9, 30)).EraseOn);
        Assert.Equal(new DateOnly(2026, 12, 17), RulesSettings.Usual("", new DateOnly(2026, 7, 17)).EraseOn);
    }

    [Theory]
    [InlineData("2026-07-17", "2026-09-30")]
    [InlineData("2026-09-30", "2026-09-30")]
    [InlineData("2026-10-01", "2027-01-31")]
    [InlineData("2026-12-31", "2027-01-31")]
    public void A_campaign_usually_ends_with_the_season_or_after_it_with_the_term(string lastEvent, string ends) =>
        Assert.Equal(DateOnly.Parse(ends), Campaign.UsualEnd(DateOnly.Parse(lastEvent)));

    [Fact]
    public void A_change_of_the_rules_makes_the_next_version_and_the_same_again_makes_none()
    {
        var first = campaign.RulesInForce;
        var named = first.Settings with { ContactPerson = "张老师", ContactWay = "0731-0000000" };

        var second = campaign.Settle(named, Now.AddDays(1));

        Assert.Equal((2, Now.AddDays(1)), (second.Version, second.WrittenAt));
        Assert.Same(second, campaign.Settle(named with { }, Now.AddDays(2)));
        Assert.False(first.Settings.HasContact);
    }

    [Fact]
    public void The_end_moves_along_with_the_only_event_and_never_puts_off_the_erasing_of_others()
    {
        var (mover, other) = (At(Now), At(Now));
        var later = campaign.RulesInForce.EndsOn.AddDays(20);
        campaign.Events.Add(mover);
        Assert.True(campaign.MakeRoomFor(later, Now, mover));
        Assert.Equal((2, later), (campaign.RulesInForce.Version, campaign.RulesInForce.EndsOn));

        campaign.Events.Add(other);
        Assert.False(campaign.MakeRoomFor(later.AddDays(1), Now, mover));
        Assert.True(campaign.MakeRoomFor(later, Now, other));
        Assert.Equal((2, later), (campaign.RulesInForce.Version, campaign.RulesInForce.EndsOn));

        CampaignEvent At(DateTimeOffset starts) => new(campaign, campaign.Organization, "宣传活动", "广场", starts, starts.AddHours(2));
    }

    [Fact]
    public void Once_an_event_has_opened_the_end_comes_sooner_but_never_later()
    {
        var settings = campaign.RulesInForce.Settings;
        campaign.Settle(settings with { EndsOn = settings.EndsOn.AddDays(10) }, Now); // nobody has signed yet
        var e = new CampaignEvent(campaign, campaign.Organization, "宣传活动", "广场", Now, Now.AddHours(2));
        campaign.Events.Add(e);
        e.Open(Now);
        e.Close(Now);

        campaign.Settle(settings with { EndsOn = settings.EndsOn.AddDays(-10) }, Now);

        Assert.Throws<ArgumentException>(() => campaign.Settle(settings with { EndsOn = settings.EndsOn.AddDays(-9) }, Now));
        Assert.Equal(settings.EndsOn.AddDays(-10), campaign.RulesInForce.EndsOn);
    }
}
