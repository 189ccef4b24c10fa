namespace SafetyCampaign.Campaigns;

/// <summary>What a pledge is, in the one word that is told of it where several hold: in this order. Not stored.</summary>
public enum PledgeState
{
    /// <summary>Its signers have withdrawn it.</summary>
    Withdrawn,

    /// <summary>An organizer has found it invalid.</summary>
    Invalid,

    /// <summary>It counts with another pledge of the same person.</summary>
    CountedWith,

    /// <summary>It counts, and its name and signature were erased.</summary>
    Erased,

    /// <summary>It counts.</summary>
    Counted,
}
