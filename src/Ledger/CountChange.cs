using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>People and families of one role and class that come to an event's counts, or leave them where negative.</summary>
public readonly record struct CountChange(int? ClassId, SignerRole Role, int People, int Families)
{
    /// <summary>
    /// The form in which an act stores its effect: <c>class,role,people,families</c>, separated by semicolons; no class
    /// is empty.
    /// </summary>
    internal static string? Write(IReadOnlyCollection<CountChange> counts) => counts.Count == 0 ? null
        : string.Join(';', counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.ClassId},{(int)c.Role},{c.People},{c.Families}")));

    internal static IReadOnlyList<CountChange> Read(string? written) => written is null ? [] : [.. written.Split(';').Select(ReadOne)];

    private static CountChange ReadOne(string written)
    {
        var parts = written.Split(',');
        int Number(int part) => int.Parse(parts[part], CultureInfo.InvariantCulture);
        return new CountChange(parts[0] == "" ? null : Number(0), (SignerRole)Number(1), Number(2), Number(3));
    }
}
