namespace SafetyCampaign.Campaigns;

/// <summary>
/// One round of cardiopulmonary resuscitation as it is practised: 30 compressions, then 2 breaths (docs/domain.md 5, AHA). The
/// stage's metronome counts by the same numbers; <c>tests/contract/limits.json</c> holds the two equal.
/// </summary>
public static class CprRound
{
    /// <summary>How many compressions come first.</summary>
    public const int Compressions = 30;

    /// <summary>How many breaths follow.</summary>
    public const int Breaths = 2;
}
