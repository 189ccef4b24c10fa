using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Pledging;

/// <summary>What became of a sign request.</summary>
public abstract record SignResult
{
    /// <summary>On disk; <paramref name="IsRepeat"/> where an earlier request with the same key had stored it.</summary>
    public sealed record Signed(Receipt Receipt, bool IsRepeat) : SignResult;

    /// <summary>Field path (<c>signers[0].name</c>) to the names of lines in <see cref="PledgingText"/>.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, List<string>> Errors) : SignResult
    {
        /// <summary>Field path to lines in the reader's language.</summary>
        public IReadOnlyDictionary<string, string[]> InWords(IStringLocalizer<PledgingText> localizer) =>
            Errors.ToDictionary(field => field.Key, field => field.Value.Select(line => localizer[line].Value).ToArray());
    }

    public sealed record NotOpen(SigningStatus Status) : SignResult;

    /// <summary>The key was used with other content.</summary>
    public sealed record KeyTaken : SignResult;

    /// <summary>Not stored as far as we know; the same key may be sent again.</summary>
    public sealed record Unavailable : SignResult;
}
