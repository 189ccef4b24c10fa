using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>What has become of an import of pupils. The store keeps the number.</summary>
public enum RosterImportOutcome
{
    /// <summary>It runs, as long as its node is heard of.</summary>
    Running = 0,

    /// <summary>All of it is stored.</summary>
    Imported = 1,

    /// <summary>Somebody else had changed the school meanwhile: nothing is stored.</summary>
    Overtaken = 2,

    /// <summary>Nothing is stored.</summary>
    Failed = 3,
}

/// <summary>The last import of many pupils of a school, for the nodes that do not run it: how many, nobody's name.</summary>
public sealed class RosterImportRecord
{
    /// <summary>The <see cref="Organization"/>; one row a school.</summary>
    public int SchoolId { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When its node last wrote here; UTC.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>How many pupils were written by then.</summary>
    public int Done { get; init; }

    /// <summary>Of how many; 0 before that is known.</summary>
    public int All { get; init; }

    public RosterImportOutcome Outcome { get; init; }

    /// <summary>Pupils who are new; 0 until all is stored, like the numbers after it.</summary>
    public int Added { get; init; }

    public int Changed { get; init; }

    public int Moved { get; init; }

    public int Left { get; init; }
}
