namespace SafetyCampaign.Campaigns;

/// <summary>When two pledges of guardians of one child are taken to be one person's. An organizer may separate and merge them.</summary>
public static class SameGuardian
{
    /// <summary>
    /// The same name (<see cref="PersonName.KeyOf"/>), unless each says another relation. Where the name stands in the handwriting alone,
    /// the same relation; and such a guardian is never one with another who typed a name.
    /// </summary>
    /// <param name="name">Of the one as it is stored; null or empty where it is erased or was not read on paper.</param>
    /// <param name="relation">What the one is to the child; null where it was not said.</param>
    /// <param name="kind">What stands for the signature of the one.</param>
    /// <param name="otherName">Of the other, as of the one.</param>
    /// <param name="otherRelation">As of the one.</param>
    /// <param name="otherKind">As of the one.</param>
    public static bool Is(
        string? name, GuardianRelation? relation, SignatureKind kind,
        string? otherName, GuardianRelation? otherRelation, SignatureKind otherKind)
    {
        if (kind == SignatureKind.HandwrittenName || otherKind == SignatureKind.HandwrittenName)
            return kind == otherKind && relation is not null && relation == otherRelation;
        return !string.IsNullOrEmpty(name) && !string.IsNullOrEmpty(otherName) && PersonName.KeyOf(name) == PersonName.KeyOf(otherName)
            && MayBe(relation, otherRelation);
    }

    /// <summary>Whether one person may have said both relations to a child, whatever the names: nobody is mother and father.</summary>
    /// <param name="relation">Null where it was not said.</param>
    /// <param name="otherRelation">As of the one.</param>
    public static bool MayBe(GuardianRelation? relation, GuardianRelation? otherRelation) =>
        relation is null || otherRelation is null || relation == otherRelation;
}
