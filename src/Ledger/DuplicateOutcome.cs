namespace SafetyCampaign.Ledger;

/// <summary>Where the signers of one request count: each for itself, or with an earlier pledge of the same person.</summary>
/// <param name="countedWith">By position, the earlier pledge's sequence number in the ledger; null where all count for
/// themselves, as nearly always.</param>
/// <param name="isNewFamily">They make a family that is counted nowhere else.</param>
internal readonly struct DuplicateOutcome(long?[]? countedWith, bool isNewFamily)
{
    public long? CountedWith(int position) => countedWith?[position];

    /// <summary>The family stands on the first pledge that counts.</summary>
    public bool IsFamilyAt(int position) => isNewFamily && position == (countedWith is null ? 0 : Array.IndexOf(countedWith, null));

    /// <summary>How many of the signers count.</summary>
    public int People(int signers) => countedWith is null ? signers : countedWith.Count(other => other is null);
}
