using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class CampaignTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Campaign campaign = new(new Organization("大塘冲社区", OrganizationKind.Community), "2026 暑期防溺水");

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
}
