using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Slips;

/// <summary>
/// The guardian's consent on the part of a slip that is signed on paper. It names nothing but the day of a version of the rules, so that a
/// slip that is printed again says what it said when it was issued.
/// </summary>
internal static class SlipConsent
{
    /// <summary>The record of a slip that is issued now; null where the campaign has no text for guardians.</summary>
    public static ShownConsent? Of(PublishedEvent e, IStringLocalizer<SlipsText> localizer) => e.TextFor(SignerRole.Guardian) is null
        ? null
        : ShownConsent.Of(e.Rules[0].Version, Words(e.Rules[0], localizer));

    /// <summary>As it is printed on a slip; empty on one that was issued without it.</summary>
    public static string Of(Slip slip, PublishedEvent e, IStringLocalizer<SlipsText> localizer) =>
        e.Rules.FirstOrDefault(rules => rules.Version == slip.RulesVersion) is { } rules ? Words(rules, localizer) : "";

    private static string Words(PublishedRules rules, IStringLocalizer<SlipsText> localizer) =>
        localizer["Paper.Consent", rules.Settings.EraseOn];
}
