using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>People and families of one role and class that come to an event's counts, or leave them where negative.</summary>
/// <param name="ClassId">The class's row; null for people who belong to none.</param>
/// <param name="Role">In which capacity they signed.</param>
/// <param name="People">How many people.</param>
/// <param name="Families">How many families; a family is counted at one of its pledges, see <see cref="Pledge.Family"/>.</param>
public readonly record struct CountChange(int? ClassId, SignerRole Role, int People, int Families)
{
    /// <summary>
    /// How <see cref="LedgerAct.Effect"/> keeps what an act did: <c>class,role,people,families</c>, parted by semicolons; no class
    /// is empty.
    /// </summary>
    internal static string? Write(IReadOnlyCollection<CountChange> counts) => counts.Count == 0 ? null
        : string.Join(';',
            counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.ClassId},{(int)c.Role},{c.People},{c.Families}")));

    internal static IReadOnlyList<CountChange> Read(string? written) => written is null ? [] : [.. written.Split(';').Select(ReadOne)];

    private static CountChange ReadOne(string written)
    {
        var parts = written.Split(',');
        int Number(int part) => int.Parse(parts[part], CultureInfo.InvariantCulture);
        return new CountChange(parts[0] == "" ? null : Number(0), (SignerRole)Number(1), Number(2), Number(3));
    }
}
