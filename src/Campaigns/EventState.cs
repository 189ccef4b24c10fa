namespace SafetyCampaign.Campaigns;

/// <summary>Where an event is in its life. The store keeps the number.</summary>
public enum EventState
{
    /// <summary>Being prepared: nobody can sign.</summary>
    Draft = 0,

    /// <summary>Signatures are taken as practice: they never count and are wiped by the opening.</summary>
    Rehearsal = 1,

    /// <summary>Signatures are taken and count, until home signing ends.</summary>
    Open = 2,

    /// <summary>No signature is taken; it may be opened again.</summary>
    Closed = 3,
}

/// <summary>Whether signatures are taken at a moment, and if not, why.</summary>
public enum SigningStatus
{
    /// <summary>The event is a draft.</summary>
    NotYet,

    /// <summary>Taken as practice.</summary>
    Rehearsal,

    /// <summary>Taken, and counted.</summary>
    Open,

    /// <summary>The event is closed, or home signing has run out.</summary>
    Ended,
}
