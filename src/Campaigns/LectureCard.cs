namespace SafetyCampaign.Campaigns;

/// <summary>
/// A card of the lecture that the program brings along. What it says rests on docs/domain.md 5. A scene's settings keep the name.
/// </summary>
public enum LectureCard
{
    /// <summary>Float to live.</summary>
    Float = 0,

    /// <summary>A cramp in the water.</summary>
    Cramp = 1,

    /// <summary>叫、伸、抛: what minors may do for somebody in the water.</summary>
    Rescue = 2,

    /// <summary>Never a chain of hands.</summary>
    NoChain = 3,
}

/// <summary>A card as one lecture has it: one of the program's, in its words or in the organizer's, or one of the organizer's own.</summary>
public sealed record LectureCardContent
{
    /// <summary>Most room of the <see cref="Title"/>, see <see cref="RoomOf"/>: two lines beside a picture.</summary>
    public const int TitleMaxRoom = 42;

    /// <summary>Most room of each of the <see cref="Points"/>, see <see cref="RoomOf"/>: two lines beside a picture.</summary>
    public const int PointMaxRoom = 72;

    /// <summary>The same below each of the three drawings of <see cref="LectureCard.Rescue"/>.</summary>
    public const int RescuePointMaxRoom = 48;

    /// <summary>Most room of the <see cref="Source"/>, see <see cref="RoomOf"/>: one line.</summary>
    public const int SourceMaxRoom = 135;

    /// <summary>Most points of a card, and the points of each of the program's own.</summary>
    public const int MaxPoints = 3;

    /// <summary>Most cards of a lecture.</summary>
    public const int MaxCards = 12;

    /// <summary>Names the card in addresses; no other of the lecture has it.</summary>
    public required string Key { get; init; }

    /// <summary>The program's card whose words and drawing it has where there are no own; null for one of the organizer's own.</summary>
    public LectureCard? Card { get; init; }

    /// <summary>Own words; empty where the program's are shown, each reader's language.</summary>
    public string Title { get; init; } = "";

    /// <summary>Own words, from 1 to <see cref="MaxPoints"/>; none where the program's are shown.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>Where the own words come from; may be empty.</summary>
    public string Source { get; init; } = "";

    /// <summary>The <see cref="EventPicture.Subject"/> of the picture that is shown instead of the drawing; null for none.</summary>
    public string? Picture { get; init; }

    /// <summary>It says what the organizer wrote.</summary>
    public bool HasOwnWords => Points.Count > 0;

    /// <summary>One of its own words is not empty; a translation may leave out some.</summary>
    internal bool SaysSomething => Title != "" || Source != "" || Points.Any(point => point != "");

    /// <summary>Whether its own words are those of another.</summary>
    internal bool SaysTheSameAs(LectureCardContent other) =>
        Title == other.Title && Source == other.Source && Points.SequenceEqual(other.Points);

    /// <summary>What it says to a reader: the organizer's words where there are any.</summary>
    /// <param name="text">The program's words by their key among the lecture's texts, in the reader's language.</param>
    public LectureCardWords Words(Func<string, string> text) => HasOwnWords
        ? new LectureCardWords(Title, Points, Source)
        : new LectureCardWords(text($"Card.{Card}.Title"), text($"Card.{Card}.Points").Split('\n'), text($"Card.{Card}.Source"));

    /// <summary>How many of the host's steps it takes: a point each.</summary>
    public int Steps => HasOwnWords ? Points.Count : MaxPoints;

    /// <summary>Most room of each of its points.</summary>
    public int MaxRoomOfPoint => Card == LectureCard.Rescue ? RescuePointMaxRoom : PointMaxRoom;

    /// <summary>One of the program's cards as it is.</summary>
    public static LectureCardContent Of(LectureCard card) => new() { Key = KeyOf(card), Card = card };

    /// <summary>The key that one of the program's cards has in every lecture.</summary>
    public static string KeyOf(LectureCard card) => card.ToString();

    /// <summary>
    /// The room that a line takes on the stage: 1 for a letter, 3 for a Chinese character, which is twice as wide and is written half as
    /// large again. Never less than the line's length in UTF-16 units.
    /// </summary>
    public static int RoomOf(string line) => line.Sum(unit => TextLanguage.IsWide(unit) ? 3 : 1);

    /// <summary>All of the program's cards, in the order in which they are taught.</summary>
    public static IReadOnlyList<LectureCardContent> All { get; } = [.. Enum.GetValues<LectureCard>().Select(Of)];
}

/// <summary>What a card says.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Points">In the order in which they come on.</param>
/// <param name="Source">Where the words come from; may be empty.</param>
public sealed record LectureCardWords(string Title, IReadOnlyList<string> Points, string Source);
