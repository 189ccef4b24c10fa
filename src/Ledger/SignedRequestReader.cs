using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a request as it is stored, with the text that was signed.</summary>
/// <param name="Pledge">The row.</param>
/// <param name="Text">The version that was signed.</param>
/// <param name="Strokes">The handwriting; null where there is none.</param>
internal sealed record StoredSigner(Pledge Pledge, PledgeText Text, byte[]? Strokes);

/// <summary>The pledges of one request, in its order: the first holds what all have in common.</summary>
/// <param name="Signers">One to <see cref="Pledge.MaxSigners"/>.</param>
/// <param name="CorrectedAt">When the signers last corrected it themselves; null where they never did.</param>
internal sealed record SignedRequest(IReadOnlyList<StoredSigner> Signers, DateTimeOffset? CorrectedAt)
{
    public Pledge Head => Signers[0].Pledge;
}

/// <summary>Reads a request by one statement; a text that somebody has signed never changes, so it is read once.</summary>
/// <remarks>Not static: the texts are those of one database.</remarks>
internal sealed class SignedRequestReader
{
    private const int MaxTexts = 1000;

    private readonly ConcurrentDictionary<int, PledgeText> texts = new();

    /// <summary>
    /// Reads what was signed in a request. Whoever holds the address or the code may, so no account's access scope is asked.
    /// </summary>
    /// <param name="db">The store, seeing everything, with its connection open.</param>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="isRight">Asked of that pledge before anything else of the request is looked at.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null where no such pledge is stored, or it is not the right one.</returns>
    public async Task<SignedRequest?> ReadAsync(
        CampaignDb db, long sequence, Func<Pledge, bool> isRight, CancellationToken cancellationToken)
    {
        var read = await SignedRequestStatement.ReadAsync(db, sequence, isRight, cancellationToken);
        if (read.Count == 0)
            return null;
        var signed = await TextsAsync(db, [.. read.Select(row => row.Pledge.TextId).Distinct()], cancellationToken);
        return new SignedRequest(
            [.. read.Select(row => new StoredSigner(row.Pledge, signed[row.Pledge.TextId], row.Strokes))], read[0].CorrectedAt);
    }

    private async Task<Dictionary<int, PledgeText>> TextsAsync(CampaignDb db, int[] ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, PledgeText>();
        foreach (var id in ids)
            if (texts.TryGetValue(id, out var known))
                found[id] = known;
        if (found.Count == ids.Length)
            return found;
        foreach (var text in await db.Texts.AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(cancellationToken))
        {
            found[text.Id] = text;
            if (text.FrozenAt is not null && texts.Count < MaxTexts)
                texts[text.Id] = text;
        }
        return found;
    }
}
