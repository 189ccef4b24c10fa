using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What stood before somebody who consented, so that what was agreed to can be told later (PIPL 28-31; docs/domain.md 6). It
/// holds no name and nothing that is made from one, so it stays when those are erased.
/// </summary>
/// <param name="RulesVersion">The version of the rules on children's data, <see cref="ChildrenRules.Version"/>.</param>
/// <param name="WordingHash">
/// SHA-256 of the sentences of the consents in the language that was read, 32 bytes; null where the signer's page did not say
/// which that was.
/// </param>
public sealed record ShownConsent(int RulesVersion, byte[]? WordingHash)
{
    /// <summary>
    /// The record of the sentences that stood there, in their order; or of the one by which a school vouched for the consent.
    /// </summary>
    public static ShownConsent Of(int rulesVersion, params IEnumerable<string> sentences) =>
        new(rulesVersion, SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sentences))));

    /// <summary>Whether the same sentences under the same rules were shown.</summary>
    public bool IsSame(ShownConsent? other) => other?.RulesVersion == RulesVersion
        && other.WordingHash.AsSpan().SequenceEqual(WordingHash);

    /// <summary>As it was kept; null where it was not.</summary>
    internal static ShownConsent? Kept(int? rulesVersion, byte[]? wordingHash) =>
        rulesVersion is { } version ? new ShownConsent(version, wordingHash) : null;
}
