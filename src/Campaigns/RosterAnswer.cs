namespace SafetyCampaign.Campaigns;

/// <summary>What stands for a pupil who has not signed. The store keeps the number.</summary>
public enum RosterAnswerKind
{
    /// <summary>Prefers not to sign: a final, respected state, nowhere counted as missing (docs/domain.md 2).</summary>
    Declined = 0,

    /// <summary>Was not there.</summary>
    Absent = 1,
}

/// <summary>What a class teacher noted of a pupil who has not signed at an event. Seen by the class link alone.</summary>
public sealed class RosterAnswer
{
    private RosterAnswer()
    {
    }

    /// <summary>Noted now.</summary>
    public RosterAnswer(int eventId, int rosterEntryId, RosterAnswerKind kind, DateTimeOffset now) =>
        (EventId, RosterEntryId, Kind, At) = (eventId, rosterEntryId, kind, now);

    /// <summary>The event at which the pupil might have signed.</summary>
    public int EventId { get; private set; }

    /// <summary>The pupil.</summary>
    public int RosterEntryId { get; private set; }

    /// <summary>What was noted last.</summary>
    public RosterAnswerKind Kind { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>It was noted otherwise.</summary>
    public void Change(RosterAnswerKind kind, DateTimeOffset now) => (Kind, At) = (kind, now);
}
