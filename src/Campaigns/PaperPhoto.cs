namespace SafetyCampaign.Campaigns;

/// <summary>
/// A photo of a class sheet, drawn anew in grey, without what a camera writes beside the pixels. Where the sheet could be straightened
/// only its rows are kept, each by itself, so that one of them can be erased; else the whole photo. Goes with the names of its event,
/// and with the event.
/// </summary>
public sealed class PaperPhoto
{
    private PaperPhoto()
    {
    }

    /// <summary>A photo that came in now.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="classId">The class, as far as it is known.</param>
    /// <param name="sheetId">The page; null where no QR code was found.</param>
    /// <param name="whole">See <see cref="Whole"/>.</param>
    /// <param name="rehearsal">See <see cref="Rehearsal"/>.</param>
    /// <param name="now">The moment.</param>
    public PaperPhoto(int eventId, int? classId, int? sheetId, byte[]? whole, bool rehearsal, DateTimeOffset now) =>
        (EventId, ClassId, SheetId, Whole, Rehearsal, UploadedAt) = (eventId, classId, sheetId, whole, rehearsal, now);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>Of the sheet, or of the class link by which it came; null where neither is known.</summary>
    public int? ClassId { get; private set; }

    /// <summary>The page that it shows; null until somebody has said which.</summary>
    public int? SheetId { get; private set; }

    /// <summary>JPEG of the photo; null where the sheet was straightened and cut into <see cref="Rows"/>.</summary>
    public byte[]? Whole { get; private set; }

    /// <summary>Taken in while the event was rehearsed: wiped with the rehearsal.</summary>
    public bool Rehearsal { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UploadedAt { get; private set; }

    /// <summary>The sheet's rows; none where <see cref="Whole"/> is there.</summary>
    public List<PaperRowPicture> Rows { get; private set; } = [];

    /// <summary>Somebody saw which page it shows.</summary>
    public void Assign(PaperSheet sheet) => (SheetId, ClassId) = (sheet.Id, sheet.ClassId);
}

/// <summary>A row of a straightened sheet, with what is written in it.</summary>
public sealed class PaperRowPicture
{
    private PaperRowPicture() => (Picture, Guess) = ([], "");

    /// <summary>A row that was cut out.</summary>
    /// <param name="row">See <see cref="Row"/>.</param>
    /// <param name="rosterEntryId">See <see cref="RosterEntryId"/>.</param>
    /// <param name="picture">See <see cref="Picture"/>.</param>
    /// <param name="guess">See <see cref="Guess"/>.</param>
    public PaperRowPicture(int row, int? rosterEntryId, byte[] picture, string guess) =>
        (Row, RosterEntryId, Picture, Guess) = (row, rosterEntryId, picture, guess);

    /// <summary>The photo.</summary>
    public int PhotoId { get; private set; }

    /// <summary>Its place on the page, from 0.</summary>
    public int Row { get; private set; }

    /// <summary>
    /// The pupil whose name is printed in it: whoever is deleted from the list takes the picture along. Null in an empty row.
    /// </summary>
    public int? RosterEntryId { get; private set; }

    /// <summary>JPEG in grey, 144 dpi, from the number to the date.</summary>
    public byte[] Picture { get; private set; }

    /// <summary>
    /// Two digits, for the pupil's box and the guardian's (Schools/Paper/Reading/InkGuess); <see cref="OfSlip"/> where it is no row.
    /// </summary>
    public string Guess { get; private set; }

    /// <summary>What stands in the place of a guess where the picture is the part of a take-home slip that came back.</summary>
    public const string OfSlip = "slip";

    /// <summary>It shows a slip, not a row of a sheet.</summary>
    public bool IsSlip => Guess == OfSlip;
}
