using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Intake;

/// <summary>What became of a sign request.</summary>
public abstract record SignResult
{
    /// <summary>On disk.</summary>
    /// <param name="Receipt">What the signers keep.</param>
    /// <param name="IsRepeat">An earlier request with the same key and content had stored it.</param>
    /// <param name="IsPractice">Signed in a rehearsal, so that it never counts.</param>
    public sealed record Signed(Receipt Receipt, bool IsRepeat, bool IsPractice) : SignResult;

    /// <summary>Some fields are wrong; nothing was stored.</summary>
    /// <param name="Errors">Field path (<c>signers[0].name</c>) to the names of lines in <see cref="IntakeText"/>.</param>
    public sealed record Invalid(IReadOnlyDictionary<string, List<string>> Errors) : SignResult
    {
        /// <summary>Field path to lines in the reader's language.</summary>
        /// <param name="localizer">The lines, in the language of the current request.</param>
        public IReadOnlyDictionary<string, string[]> InWords(IStringLocalizer<IntakeText> localizer) =>
            Errors.ToDictionary(field => field.Key, field => field.Value.Select(line => localizer[line].Value).ToArray());
    }

    /// <summary>Signing has not opened yet, or has ended; nothing was stored.</summary>
    /// <param name="Status">Which of the two.</param>
    public sealed record NotOpen(SigningStatus Status) : SignResult;

    /// <summary>The take-home slip opens nothing (any more); nothing was stored.</summary>
    /// <param name="State">Why.</param>
    public sealed record SlipRefused(SlipState State) : SignResult;

    /// <summary>Signed on a page of the rehearsal and sent after its end; nothing was stored.</summary>
    /// <param name="Key">A new key, with which the same content counts once signing is open.</param>
    public sealed record RehearsalPage(Guid Key) : SignResult;

    /// <summary>The key was used with other content.</summary>
    public sealed record KeyTaken : SignResult;

    /// <summary>Not stored as far as we know; the same key may be sent again.</summary>
    public sealed record Unavailable : SignResult;
}
