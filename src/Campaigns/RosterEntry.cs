namespace SafetyCampaign.Campaigns;

/// <summary>
/// One pupil on the list of a class: who is expected to sign. Seat number and name, nothing more (PIPL 6, 19; docs/domain.md 6).
/// Who leaves stays on the list with the day of leaving, so that no signed pledge is orphaned.
/// </summary>
public sealed class RosterEntry
{
    /// <summary>Highest seat number (座号, 学号 within the class).</summary>
    public const int MaxSeat = 999;

    private RosterEntry() => Name = "";

    /// <summary>A pupil who belongs to the class from now on.</summary>
    /// <param name="class">The class.</param>
    /// <param name="seat">See <see cref="Seat"/>.</param>
    /// <param name="name">In its stored form, see <see cref="PersonName"/>.</param>
    /// <param name="now">The moment of joining.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seat number is not 1 to <see cref="MaxSeat"/>.</exception>
    public RosterEntry(ClassGroup @class, int? seat, string name, DateTimeOffset now)
    {
        Class = @class;
        Name = name;
        JoinedAt = now;
        SitAt(seat);
    }

    /// <summary>Given by the store. The JSON API calls it <c>seat</c>.</summary>
    public int Id { get; private set; }

    /// <summary>Of <see cref="Class"/>.</summary>
    public int ClassId { get; private set; }

    /// <summary>The class to which the pupil belongs now.</summary>
    public ClassGroup Class { get; private set; } = null!;

    /// <summary>The pupil's number within the class, by which same names are told apart; null where the school gives none.</summary>
    public int? Seat { get; private set; }

    /// <summary>In its stored form, see <see cref="PersonName"/>.</summary>
    public string Name { get; private set; }

    /// <summary>UTC: since when the pupil is on this class's list.</summary>
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>UTC: since when the pupil has been gone; null while expected.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>
    /// The class from which the pupil was moved, while what was signed there by the name alone has still to follow; null once that is
    /// done. See <see cref="ClassGroup.PartedFromId"/>.
    /// </summary>
    public int? MovedFromId { get; private set; }

    /// <summary>
    /// The class with which the pupil came along when it was merged into another one, and to which the pupil goes back when it is parted
    /// again; null for all others. Where that class was merged once more, the first of the classes.
    /// </summary>
    public int? MergedFromId { get; private set; }

    /// <summary>The pupil's <see cref="Seat"/> in the class of <see cref="MergedFromId"/>.</summary>
    public int? MergedFromSeat { get; private set; }

    /// <summary>The pupil's name reads otherwise now.</summary>
    public void Rename(string name) => Name = name;

    /// <summary>Sets <see cref="Seat"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="MaxSeat"/>.</exception>
    public void SitAt(int? seat)
    {
        if (seat is < 1 or > MaxSeat)
            throw new ArgumentOutOfRangeException(nameof(seat), seat, $"A seat number is 1 to {MaxSeat}.");
        Seat = seat;
    }

    /// <summary>
    /// The pupil belongs to another class from now on. What was signed goes along at events whose signing has not ended, and stays with
    /// the class that it was signed in at all others; the caller sees to that.
    /// </summary>
    public void MoveTo(ClassGroup @class, int? seat, DateTimeOffset now)
    {
        var from = MovedFromId ?? ClassId;
        (Class, ClassId, JoinedAt, LeftAt, MovedFromId) = (@class, @class.Id, now, null, from == @class.Id ? null : from);
        SitAt(seat);
        Stay();
    }

    /// <summary>The pupil's whole class goes on as another one: since when the pupil belongs to it, or has left, stays.</summary>
    public void GoAlong(ClassGroup @class, int? seat)
    {
        if (MergedFromId is null)
            (MergedFromId, MergedFromSeat) = (ClassId, Seat);
        (Class, ClassId) = (@class, @class.Id);
        SitAt(seat);
    }

    /// <summary>
    /// The class with which the pupil came along is parted again: undoes <see cref="GoAlong"/>. What was signed meanwhile follows as it
    /// does with <see cref="MoveTo"/>.
    /// </summary>
    /// <param name="class">That of <see cref="MergedFromId"/>.</param>
    /// <param name="seat">There.</param>
    public void GoBack(ClassGroup @class, int? seat)
    {
        var from = MovedFromId ?? ClassId;
        (Class, ClassId, MovedFromId) = (@class, @class.Id, from == @class.Id ? null : from);
        SitAt(seat);
        Stay();
    }

    /// <summary>The pupil belongs to the class of now, wherever it came from: <see cref="MergedFromId"/> is forgotten.</summary>
    public void Stay() => (MergedFromId, MergedFromSeat) = (null, null);

    /// <summary>The pupil is expected no longer. Leaving again keeps the first time.</summary>
    public void Leave(DateTimeOffset now) => LeftAt ??= now;

    /// <summary>The pupil is expected again.</summary>
    public void Return(DateTimeOffset now)
    {
        if (LeftAt is not null)
            (JoinedAt, LeftAt) = (now, null);
    }
}
