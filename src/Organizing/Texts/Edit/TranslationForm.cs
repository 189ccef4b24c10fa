using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Texts.Edit;

/// <summary>A translation as it is typed beside the wording; one that is left empty or is to go counts for nothing.</summary>
public sealed record TranslationForm
{
    /// <summary>What the picker says for a language that it does not offer: its tag is typed.</summary>
    public const string Other = "other";

    /// <summary>The tag of an offered language, or <see cref="Other"/>.</summary>
    public string? Language { get; init; }

    /// <summary>The BCP 47 tag of another language.</summary>
    public string? Tag { get; init; }

    /// <summary>The name of a <see cref="TextDirection"/>; empty for the language's usual one.</summary>
    public string? Direction { get; init; }

    public string? Title { get; init; }

    /// <summary>One clause per line, as many as the wording has.</summary>
    public string? Clauses { get; init; }

    public string? Closing { get; init; }

    /// <summary>The next version does without it.</summary>
    public bool Remove { get; init; }

    public bool IsLeftOut => Remove || ((string?[])[Language, Tag, Title, Clauses, Closing]).All(string.IsNullOrWhiteSpace);

    /// <summary>The tag as it is chosen or typed, for the fields' own language and direction; null where there is none yet.</summary>
    public string? TagTyped => TranslationLanguages.TryReadTag(Language == Other ? Tag : Language, out var tag) ? tag : null;

    /// <summary>The direction in which the fields are written: as chosen, or the language's own, or (null) as the letters run.</summary>
    public TextDirection? DirectionTyped =>
        Enum.TryParse<TextDirection>(Direction, out var chosen) ? chosen
        : TagTyped is { } tag ? TranslationLanguages.DirectionOf(tag)
        : null;

    public static TranslationForm Of(PledgeTranslation translation)
    {
        var isOffered = TranslationLanguages.Offered.Any(offered => offered.Tag == translation.Language);
        return new TranslationForm
        {
            Language = isOffered ? translation.Language : Other,
            Tag = isOffered ? null : translation.Language,
            Direction = translation.Direction == TranslationLanguages.DirectionOf(translation.Language)
                ? ""
                : translation.Direction.ToString(),
            Title = translation.Wording.Title,
            Clauses = string.Join('\n', translation.Wording.Clauses),
            Closing = translation.Wording.Closing,
        };
    }

    /// <summary>
    /// An official translation as it came, while the wording beside it is no longer the official one: it would say
    /// something else than what is signed.
    /// </summary>
    public bool IsOfOtherWording(PledgeWording signed)
    {
        var words = new PledgeWording((Title ?? "").Trim(),
            (Clauses ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            (Closing ?? "").ReplaceLineEndings("\n").Trim());
        return OfficialTexts.IsTranslation(words) && !OfficialTexts.TranslationsOf(signed).Any(t => t.Wording.SameAs(words));
    }

    /// <summary>The translation that was typed; null where there is no language, which has then been said at its field.</summary>
    /// <param name="signed">The wording beside it, as it was typed.</param>
    public PledgeTranslation? Read(FormReader read, PledgeWording signed)
    {
        var title = read.Line(nameof(Title), Title, PledgeTranslation.TitleMaxLength);
        var clauses = read.Lines(nameof(Clauses), Clauses, PledgeTranslation.ClauseMaxLength, PledgeWording.MaxClauses);
        if (clauses.Count != signed.Clauses.Count)
            read.Refuse(nameof(Clauses), "Error.TranslationClauses", signed.Clauses.Count, clauses.Count);
        var closing = read.Text(nameof(Closing), Closing, PledgeTranslation.ClosingMaxLength);
        if (closing.Length == 0 && signed.Closing.Length > 0)
            read.Missing(nameof(Closing));
        if (ReadLanguage(read) is not { } language)
            return null;
        var direction = ReadDirection(read) ?? TranslationLanguages.DirectionOf(language);
        var wording = new PledgeWording(title, clauses, closing);
        var official = OfficialTexts.TranslationsOf(signed)
            .Any(t => t.Language == language && t.Direction == direction && t.Wording.SameAs(wording));
        return new PledgeTranslation(language, direction, wording, official);
    }

    private string? ReadLanguage(FormReader read)
    {
        if (string.IsNullOrWhiteSpace(Language) || (Language == Other && string.IsNullOrWhiteSpace(Tag)))
            read.Missing(Language == Other ? nameof(Tag) : nameof(Language));
        else if (TagTyped is { } tag)
            return tag;
        else
            read.Refuse(nameof(Tag), "Error.TranslationTag");
        return null;
    }

    private TextDirection? ReadDirection(FormReader read)
    {
        if (string.IsNullOrEmpty(Direction))
            return null;
        if (Enum.TryParse<TextDirection>(Direction, out var chosen) && Enum.IsDefined(chosen))
            return chosen;
        read.Refuse(nameof(Direction), "Error.TranslationDirection");
        return null;
    }
}
