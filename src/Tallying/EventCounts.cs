using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tallying;

/// <summary>Adds up people by class and role. Used under the board's lock.</summary>
internal sealed class EventCounts
{
    private static readonly int Roles = Enum.GetValues<SignerRole>().Length;
    private readonly int[] byRole = new int[Roles];
    private readonly Dictionary<int, (int People, int Families)> byClass = [];

    public int People { get; private set; }
    public int Families { get; private set; }

    public int Of(SignerRole role) => byRole[(int)role];

    public (int People, int Families) OfClass(int classId) => byClass.GetValueOrDefault(classId);

    public void Add(int? classId, SignerRole role, int people)
    {
        People += people;
        byRole[(int)role] += people;
        if (classId is { } id)
            byClass[id] = OfClass(id) with { People = OfClass(id).People + people };
    }

    public void AddFamilies(int? classId, int families)
    {
        Families += families;
        if (classId is { } id)
            byClass[id] = OfClass(id) with { Families = OfClass(id).Families + families };
    }

    public void Clear()
    {
        (People, Families) = (0, 0);
        Array.Clear(byRole);
        byClass.Clear();
    }
}
