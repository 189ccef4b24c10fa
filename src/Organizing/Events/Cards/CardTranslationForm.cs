using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>An organizer's words of a card in one further language, as they are typed; what is left empty is read in the original.</summary>
public sealed record CardTranslationForm
{
    /// <summary>The tag of a language of the program.</summary>
    public string? Language { get; init; }

    public string? Title { get; init; }

    /// <summary>A line for each of the card's points, in their order; empty for one without a translation.</summary>
    public string? Points { get; init; }

    public string? Source { get; init; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Title + Points + Source);

    public static CardTranslationForm Of(Scene scene, string? card, InterfaceLanguage language)
    {
        var known = scene.Translations.FirstOrDefault(t => t.Language == language.Tag)?.Words.Cards.FirstOrDefault(c => c.Key == card);
        return new CardTranslationForm
        {
            Language = language.Tag,
            Title = known?.Title,
            Points = known is null ? null : string.Join('\n', known.Points).TrimEnd('\n'),
            Source = known?.Source,
        };
    }

    /// <summary>The words that were typed; what does not fit has been said at its field.</summary>
    /// <param name="read">Of this part of the form.</param>
    /// <param name="card">As its own words were typed beside it.</param>
    public LectureCardWords Read(FormReader read, LectureCardContent card)
    {
        var words = new LectureCardWords(
            read.Line(nameof(Title), Title, LectureCardContent.TitleMaxRoom, required: false),
            read.LinesBeside(nameof(Points), Points, card.MaxRoomOfPoint, card.Points.Count),
            read.Line(nameof(Source), Source, LectureCardContent.SourceMaxRoom, required: false));
        CardRoom.Check(read, nameof(Title), [words.Title], LectureCardContent.TitleMaxRoom);
        CardRoom.Check(read, nameof(Points), words.Points, card.MaxRoomOfPoint);
        CardRoom.Check(read, nameof(Source), [words.Source], LectureCardContent.SourceMaxRoom);
        return words;
    }
}
