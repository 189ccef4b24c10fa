namespace SafetyCampaign.Load.Reporting;

internal enum Verdict
{
    Holds,
    FallsShort,

    /// <summary>Nothing was promised; it helps to read the others.</summary>
    Shown,

    /// <summary>Could not be measured here; the note says why.</summary>
    Skipped,
}

/// <summary>One line of the table.</summary>
/// <param name="Absolute">Counts and losses, which hold on any machine at any hour; a time or a rate does not.</param>
internal sealed record Figure(string What, string Hold, string Measured, Verdict Verdict, bool Absolute, string Note)
{
    /// <summary>By how much it falls short, where that can be said in a number.</summary>
    public string Short { get; init; } = "";
}
