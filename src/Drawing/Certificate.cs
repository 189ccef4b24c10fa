using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Drawing;

/// <summary>
/// What stands on a certificate, in the reader's language: words only, so that drawing needs to know nothing of where they
/// come from.
/// </summary>
public sealed record Certificate
{
    /// <summary>The title of the text that was signed, as it stands there.</summary>
    public required string Title { get; init; }

    /// <summary>The title in the reader's language, below it; null where there is no translation, or none is needed.</summary>
    public string? TitleTranslation { get; init; }

    /// <summary>Whose page it is: the child, the children, or whoever signed alone.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>School and class; empty where there is none.</summary>
    public required string Belonging { get; init; }

    /// <summary>The sentence that leads to the clauses.</summary>
    public required string Promise { get; init; }

    /// <summary>The clauses word for word. They are left out where they are too many, or too long, to be read on a wall.</summary>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <summary>As many as there are clauses, each below its own where all can be read; none where there is no translation.</summary>
    public IReadOnlyList<string> ClauseTranslations { get; init; } = [];

    public required IReadOnlyList<CertificateSignature> Signatures { get; init; }

    /// <summary>Date, place and hosts, a line for each.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    public required string NumberCaption { get; init; }

    /// <summary>The numbers of those who are named, with spaces between.</summary>
    public required string Numbers { get; init; }

    /// <summary>What kind of record this is; never more than 电子承诺记录 (docs/domain.md 6).</summary>
    public required string Kind { get; init; }

    public required string VerificationCaption { get; init; }

    public required string Verification { get; init; }

    /// <summary>What the QR code holds: the address where the record is verified.</summary>
    public required string VerificationAddress { get; init; }

    /// <summary>Set on a practice signature, and then written across the page.</summary>
    public string? Rehearsal { get; init; }
}

/// <summary>One person's signature.</summary>
/// <param name="Caption">Who it is, in which role.</param>
/// <param name="Name">Drawn where the name was typed.</param>
/// <param name="Handwriting">Null where the name was typed.</param>
public sealed record CertificateSignature(string Caption, string Name, Handwriting? Handwriting);
