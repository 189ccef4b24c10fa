namespace SafetyCampaign.Campaigns;

/// <summary>In which capacity somebody signs; each role has a pledge text of its own.</summary>
public enum SignerRole
{
    Student,
    Guardian,
    Teacher,
    Volunteer,
}

/// <summary>How a pledge reached the ledger.</summary>
public enum SigningChannel
{
    Phone,
    Relay,
    Slip,
    Paper,
    Assisted,
}

/// <summary>What a guardian is to the child, as the parents' sign block asks (docs/domain.md 3).</summary>
public enum GuardianRelation
{
    Mother,
    Father,
    Grandmother,
    Grandfather,
    Other,
}
