using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What an act may change of a pledge, and what it must know to do so.</summary>
internal sealed record SignedRow
{
    public required long Sequence { get; init; }
    public required byte[] Key { get; init; }
    public required int EventId { get; init; }
    public required bool Rehearsal { get; init; }
    public required SignerRole Role { get; init; }
    public int? ClassId { get; set; }
    public string? Name { get; set; }
    public int? RosterEntryId { get; set; }
    public GuardianRelation? Relation { get; set; }
    public SignatureKind SignatureKind { get; set; }
    public bool Family { get; set; }
    public bool ShowMaskedName { get; set; }
    public DateTimeOffset? MaskedNameWithdrawnAt { get; set; }
    public long? CountedWith { get; set; }
    public DateTimeOffset? InvalidatedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }

    /// <inheritdoc cref="CountingRule.IsValid"/>
    public bool Stands => CountingRule.IsValid(WithdrawnAt, InvalidatedAt);

    /// <inheritdoc cref="CountingRule.Counts"/>
    public bool Counts => CountingRule.Counts(WithdrawnAt, InvalidatedAt, CountedWith);
}
