using System.Runtime.InteropServices;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tallying;

/// <summary>Adds up people by class and role. Used under the board's lock.</summary>
internal sealed class EventCounts
{
    private static readonly int Roles = Enum.GetValues<SignerRole>().Length;
    private readonly int[] byRole = new int[Roles];
    private readonly Dictionary<int, (int People, int Families, int Students)> byClass = [];

    public int People { get; private set; }
    public int Families { get; private set; }

    public bool IsEmpty => People == 0 && Families == 0 && byRole.All(people => people == 0)
        && byClass.Values.All(counts => counts == default);

    public int Of(SignerRole role) => byRole[(int)role];

    public (int People, int Families, int Students) OfClass(int classId) => byClass.GetValueOrDefault(classId);

    public Dictionary<int, ClassTotals> OfClasses() =>
        byClass.ToDictionary(of => of.Key, of => new ClassTotals(of.Value.People, of.Value.Families, of.Value.Students));

    public void Add(int? classId, SignerRole role, int people)
    {
        People += people;
        byRole[(int)role] += people;
        if (classId is not { } id)
            return;
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(byClass, id, out _);
        counts.People += people;
        if (role == SignerRole.Student)
            counts.Students += people;
    }

    public void AddFamilies(int? classId, int families)
    {
        Families += families;
        if (classId is { } id)
            CollectionsMarshal.GetValueRefOrAddDefault(byClass, id, out _).Families += families;
    }

    /// <param name="other">What to add, or to take away.</param>
    /// <param name="sign">+1 or -1.</param>
    public void Add(EventCounts other, int sign = +1)
    {
        (People, Families) = (People + sign * other.People, Families + sign * other.Families);
        for (var role = 0; role < Roles; role++)
            byRole[role] += sign * other.byRole[role];
        foreach (var (id, counts) in other.byClass)
        {
            var own = OfClass(id);
            byClass[id] = (own.People + sign * counts.People, own.Families + sign * counts.Families, own.Students + sign * counts.Students);
        }
    }

    public void Clear()
    {
        (People, Families) = (0, 0);
        Array.Clear(byRole);
        byClass.Clear();
    }
}
