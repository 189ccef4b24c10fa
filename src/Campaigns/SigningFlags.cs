namespace SafetyCampaign.Campaigns;

/// <summary>
/// What was noticed when a request came in that was signed by phone. None of it refuses a signature; the organizer is shown it
/// (Organizing/Events/Review). The store keeps the number.
/// </summary>
[Flags]
public enum SigningFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A field was filled that people do not see.</summary>
    FilledHoneypot = 1,

    /// <summary>The device had opened its page less than <see cref="Pledge.MinSigningTime"/> before, by the server's own seal.</summary>
    FreshDevice = 2,

    /// <summary>The page was opened among more at one address than a whole school opens.</summary>
    BurstOfDevices = 4,

    /// <summary>Its device had signed three times within a minute before.</summary>
    ManyFromOneDevice = 8,

    /// <summary>
    /// It came after signing had ended: within the event's grace (<see cref="CampaignEvent.GraceMinutes"/>), or within
    /// <see cref="CampaignEvent.MaxClassDelay"/> from a class's device or on paper. It counts like any other; the records say so.
    /// </summary>
    AfterClosing = 16,

    /// <summary>An organizer found that people signed it, and takes it for suspicious no more. Not noticed when it came in.</summary>
    FoundGenuine = 32,
}

/// <summary>The flags of one request. Only requests that have some have a row; nothing in it is personal.</summary>
public sealed class SigningFlag
{
    /// <summary>What programs do and people hardly ever.</summary>
    public const SigningFlags Suspicious = SigningFlags.FilledHoneypot | SigningFlags.FreshDevice | SigningFlags.BurstOfDevices
        | SigningFlags.ManyFromOneDevice;

    /// <summary>The place in the ledger of the request's first pledge.</summary>
    public long Sequence { get; init; }

    /// <summary>At least one.</summary>
    public SigningFlags Flags { get; init; }
}
