using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Paper.Reading;

namespace SafetyCampaign.Schools.Paper;

/// <summary>What has changed since a page was printed, so that others are printed now.</summary>
public enum SheetChange
{
    /// <summary>Nothing that is seen on it: between, others were printed.</summary>
    Nothing,

    /// <summary>The wording that is signed.</summary>
    Text,

    /// <summary>Who is on the class's list.</summary>
    List,

    /// <summary>What a guardian agrees to.</summary>
    Consent,
}

/// <summary>A page of a class's sheets, in the list of them.</summary>
/// <param name="Id">See <see cref="PaperSheet.Id"/>.</param>
/// <param name="Page">From 1.</param>
/// <param name="PrintedAt">UTC.</param>
/// <param name="OutdatedBy">Of a printing that is not the last one: why; null of the last one, and of slips.</param>
/// <param name="IsOfSlips">See <see cref="PaperSheet.IsOfSlips"/>.</param>
/// <param name="Photos">How many show it.</param>
/// <param name="Undecided">Rows with a name that nobody has decided; of slips those that were handed in.</param>
/// <param name="Waiting">Rows that are decided as signed and are not counted yet.</param>
/// <param name="Counted">Rows that have become pledges.</param>
/// <param name="HasErased">A row was erased: no photo is kept that shows the page as a whole.</param>
public sealed record SheetSummary(
    int Id, int Page, DateTimeOffset PrintedAt, SheetChange? OutdatedBy, bool IsOfSlips, int Photos, int Undecided, int Waiting,
    int Counted, bool HasErased)
{
    /// <summary>The words of its name, with its number.</summary>
    public string NameKey => IsOfSlips ? "Page.Slips" : "Page";
}

/// <summary>A row as somebody decides it.</summary>
/// <param name="Row">Its place on the page, from 0.</param>
/// <param name="Seat">As it was printed; null for none.</param>
/// <param name="Name">As it stands on the list, or as somebody typed it; empty where nobody has.</param>
/// <param name="IsBlank">The name is written by hand.</param>
/// <param name="Picture">JPEG of the row; null where the sheet is shown as a whole.</param>
/// <param name="IsSlip">The picture is that of a take-home slip.</param>
/// <param name="Guess">By darkness alone.</param>
/// <param name="Decision">Null before.</param>
/// <param name="IsCounted">It has become a pledge.</param>
/// <param name="HasSignedOtherwise">The pupil has signed at this event in another way.</param>
public sealed record RowView(
    int Row, int? Seat, string Name, bool IsBlank, byte[]? Picture, bool IsSlip, RowGuess Guess, PaperDecision? Decision, bool IsCounted,
    bool HasSignedOtherwise)
{
    /// <summary>What the guess comes to; null where a person has to look.</summary>
    public PaperDecision? Guessed => Guess.IsDoubtful ? null
        : Guess.Pupil == InkGuess.NoInk ? PaperDecision.NotSigned
        : Guess.Guardian == InkGuess.Ink ? PaperDecision.WithGuardian
        : PaperDecision.ChildOnly;

    /// <summary>A row without a name into which nobody wrote either: there is nothing to decide.</summary>
    public bool IsEmpty => IsBlank && Name.Length == 0 && Decision is null && Guessed == PaperDecision.NotSigned;
}

/// <summary>The page that is decided.</summary>
/// <param name="Id">See <see cref="PaperSheet.Id"/>.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">Of the same printing; 0 of slips.</param>
/// <param name="Rows">Doubtful ones first, then in their order; counted ones last.</param>
/// <param name="Whole">Where no photo of it is straight: JPEGs of the whole photos.</param>
/// <param name="Photo">The newest photo of it.</param>
public sealed record SheetView(int Id, int Page, int Pages, IReadOnlyList<RowView> Rows, IReadOnlyList<byte[]> Whole, int? Photo)
{
    public bool HasPhoto => Photo is not null;

    public int CanFillIn => Rows.Count(row => row is { Decision: null, Guessed: not null, IsBlank: false });

    public int Waiting => Rows.Count(row => !row.IsCounted && row.Decision is PaperDecision.ChildOnly or PaperDecision.WithGuardian);
}

/// <summary>A photo without a sheet.</summary>
public sealed record UnplacedPhoto(int Id, byte[] Picture, DateTimeOffset UploadedAt);

/// <summary>The paper of a class at an event.</summary>
/// <param name="Sheets">All pages that were printed, the newest printing first.</param>
/// <param name="Unplaced">Photos of which nobody has said what they show.</param>
/// <param name="Current">The page that is decided; null where none is chosen.</param>
public sealed record ClassPaper(IReadOnlyList<SheetSummary> Sheets, IReadOnlyList<UnplacedPhoto> Unplaced, SheetView? Current)
{
    public static ClassPaper None { get; } = new([], [], null);

    /// <summary>The next page with a photo and undecided rows, other than the current one.</summary>
    public SheetSummary? Next => Sheets.FirstOrDefault(sheet => sheet is { Photos: > 0, Undecided: > 0 } && sheet.Id != Current?.Id);
}
