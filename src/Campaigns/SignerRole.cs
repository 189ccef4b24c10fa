namespace SafetyCampaign.Campaigns;

/// <summary>In which capacity somebody signs; each role has a pledge text of its own. The store keeps the number.</summary>
public enum SignerRole
{
    Student = 0,
    Guardian = 1,
    Teacher = 2,
    Volunteer = 3,
}

/// <summary>How a pledge reached the ledger. The store keeps the number.</summary>
public enum SigningChannel
{
    Phone = 0,
    Relay = 1,
    Slip = 2,
    Paper = 3,
    Assisted = 4,
}

/// <summary>What a guardian is to the child, as the parents' sign block asks (docs/domain.md 3). The store keeps the number.</summary>
public enum GuardianRelation
{
    Mother = 0,
    Father = 1,
    Grandmother = 2,
    Grandfather = 3,
    Other = 4,
}
