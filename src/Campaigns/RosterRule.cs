using System.Linq.Expressions;

namespace SafetyCampaign.Campaigns;

/// <summary>Who is on a class's list, and how many pupils the class has by it. Written once; the store reads the same expression.</summary>
public static class RosterRule
{
    /// <summary>Whether a pupil is on the list now: has not left.</summary>
    public static Expression<Func<RosterEntry, bool>> IsOnList { get; } = entry => entry.LeftAt == null;

    private static readonly Func<RosterEntry, bool> OnList = IsOnList.Compile();

    /// <summary>Those of the pupils who are on the list now.</summary>
    public static IEnumerable<RosterEntry> OnListOf(IEnumerable<RosterEntry> entries) => entries.Where(OnList);

    /// <summary>
    /// A class takes its size from its list; with nobody on it the size is unknown. To be called in the transaction that changes the list.
    /// </summary>
    /// <param name="class">The class.</param>
    /// <param name="entries">All of its pupils, those who have left included.</param>
    /// <param name="now">Since when: who leaves and who joins moves the size of events that are not over yet.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="ClassGroup.MaxPupils"/> are on the list.</exception>
    public static void SetExpected(ClassGroup @class, IEnumerable<RosterEntry> entries, DateTimeOffset now) =>
        @class.ExpectFrom(now, OnListOf(entries).Count() is > 0 and var pupils ? pupils : null);
}
