namespace SafetyCampaign.Campaigns;

/// <summary>In which capacity somebody signs; each role has a pledge text of its own. The store keeps the number.</summary>
public enum SignerRole
{
    /// <summary>学生.</summary>
    Student = 0,

    /// <summary>家长: a parent or another guardian, or who has the guardian's agreement.</summary>
    Guardian = 1,

    /// <summary>教师.</summary>
    Teacher = 2,

    /// <summary>志愿者, or the community.</summary>
    Volunteer = 3,
}

/// <summary>How a pledge reached the ledger. The store keeps the number.</summary>
public enum SigningChannel
{
    /// <summary>扫码: the public page or the API, on a family's own phone.</summary>
    Phone = 0,

    /// <summary>班级接力: one pupil after another on the class teacher's device.</summary>
    Relay = 1,

    /// <summary>回家单: a code on a slip that a pupil takes home.</summary>
    Slip = 2,

    /// <summary>纸质: signed on a printed class sheet, whose photo is confirmed row by row.</summary>
    Paper = 3,

    /// <summary>代办: by staff for somebody who cannot, before a witness.</summary>
    Assisted = 4,
}

/// <summary>What a guardian is to the child, as the parents' sign block asks (docs/domain.md 3). The store keeps the number.</summary>
public enum GuardianRelation
{
    /// <summary>妈妈.</summary>
    Mother = 0,

    /// <summary>爸爸.</summary>
    Father = 1,

    /// <summary>奶奶 or 外婆.</summary>
    Grandmother = 2,

    /// <summary>爷爷 or 外公.</summary>
    Grandfather = 3,

    /// <summary>Another guardian or relative.</summary>
    Other = 4,
}
