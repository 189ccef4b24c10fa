using SafetyCampaign.Load.Relay;

namespace SafetyCampaign.Load.Pace;

/// <summary>What a pupil does when its turn comes.</summary>
internal enum Doing
{
    Signs,

    /// <summary>Is passed over, and signs when all others have.</summary>
    Later,

    Absent,
    Declines,

    /// <summary>Signs, is taken back by the teacher, and signs again.</summary>
    Twice,

    /// <summary>Is on no list: the teacher types the name.</summary>
    NotListed,
}

/// <summary>A pupil in line.</summary>
/// <param name="Name">As on the list.</param>
/// <param name="Entry">The place on the list; null where there is none.</param>
/// <param name="Doing">What it does.</param>
internal sealed record PacedPupil(string Name, int? Entry, Doing Doing)
{
    public bool Signs => Doing is not (Doing.Absent or Doing.Declines);
}

/// <summary>A class as any: one is passed over, one absent, one writes again, one would rather not, one is not on the list.</summary>
internal static class PacedClass
{
    public static IReadOnlyList<PacedPupil> Of(RelayClass group, IReadOnlyList<string> names)
    {
        var special = new Dictionary<int, Doing>
        {
            [names.Count / 8] = Doing.Later,
            [names.Count / 4] = Doing.Absent,
            [names.Count / 2] = Doing.Twice,
            [names.Count * 3 / 4] = Doing.Declines,
        };
        return
        [
            .. names.Select((name, i) => new PacedPupil(name, group.Seats[i], special.GetValueOrDefault(i))),
            new("钱小满", null, Doing.NotListed),
        ];
    }
}
