namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>What a cut has done to a folder.</summary>
/// <param name="Lost">How many things that somebody was told are stored are not.</param>
/// <param name="Damage">What is broken, in words; null where nothing is.</param>
internal sealed record CutResult(int Lost, string? Damage);

/// <summary>Follows a recording to know what had been promised by when, and looks at what a cut leaves of it.</summary>
internal interface IWitness
{
    /// <summary>True where the moment makes a promise.</summary>
    bool Notices(Moment moment);

    /// <param name="folder">The folder as it stands after the cut.</param>
    Task<CutResult> ExamineAsync(string folder);
}
