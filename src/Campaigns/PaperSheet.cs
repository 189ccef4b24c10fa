using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// One printed page of a class sheet: which rows stand on it, for whom, and which versions of the texts. It stays as it was printed,
/// whatever becomes of the class's list.
/// </summary>
public sealed class PaperSheet
{
    /// <summary>What every code begins with: tells a sheet's QR code from a poster's.</summary>
    public const string CodePrefix = "PB";

    /// <summary>Of <see cref="Code"/>, in characters: as many as the smallest QR code holds in upper case.</summary>
    public const int CodeLength = 20;

    private PaperSheet() => Code = "";

    /// <summary>A page that is printed now.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="classId">The class.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pages">How many belong together.</param>
    /// <param name="studentTextId">See <see cref="StudentTextId"/>.</param>
    /// <param name="guardianTextId">See <see cref="GuardianTextId"/>.</param>
    /// <param name="now">The moment.</param>
    public PaperSheet(int eventId, int classId, int page, int pages, int studentTextId, int? guardianTextId, DateTimeOffset now)
    {
        (EventId, ClassId, Page, Pages, StudentTextId, GuardianTextId, PrintedAt) =
            (eventId, classId, page, pages, studentTextId, guardianTextId, now);
        Code = CodePrefix + RandomNumberGenerator.GetString(Crockford.Alphabet, CodeLength - CodePrefix.Length);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event at which it is signed.</summary>
    public int EventId { get; private set; }

    /// <summary>The class.</summary>
    public int ClassId { get; private set; }

    /// <summary>Which of the class's pages, from 1.</summary>
    public int Page { get; private set; }

    /// <summary>How many were printed together.</summary>
    public int Pages { get; private set; }

    /// <summary>
    /// All that the page's QR code holds: 90 random bits. It opens nothing; it tells whoever may see the class anyway which page lies
    /// before a camera.
    /// </summary>
    public string Code { get; private set; }

    /// <summary>The version of the students' text that is printed on it: <see cref="PledgeText.Id"/>.</summary>
    public int StudentTextId { get; private set; }

    /// <summary>The guardians'; null where the campaign has none.</summary>
    public int? GuardianTextId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset PrintedAt { get; private set; }

    /// <summary>Its rows, in the order in which they stand.</summary>
    public List<PaperRow> Rows { get; private set; } = [];
}

/// <summary>What a person saw in a row of a sheet. The store keeps the number.</summary>
public enum PaperDecision
{
    /// <summary>Nobody signed: no answer, not a refusal.</summary>
    NotSigned = 0,

    /// <summary>The child signed, and the guardian has not.</summary>
    ChildOnly = 1,

    /// <summary>Both signed; the guardian thereby consented, as the sheet says.</summary>
    WithGuardian = 2,
}

/// <summary>A row of a <see cref="PaperSheet"/>.</summary>
public sealed class PaperRow
{
    private PaperRow()
    {
    }

    /// <summary>A row for a pupil, or an empty one.</summary>
    public PaperRow(int row, int? rosterEntryId) => (Row, RosterEntryId, Key) = (row, rosterEntryId, Guid.CreateVersion7());

    /// <summary>The page.</summary>
    public int SheetId { get; private set; }

    /// <summary>Its place on the page, from 0.</summary>
    public int Row { get; private set; }

    /// <summary>The pupil whose name was printed; null where the name is written by hand, or the pupil was deleted from the list.</summary>
    public int? RosterEntryId { get; private set; }

    /// <summary>The name that was written by hand, as somebody typed it; null where it was printed or nobody has.</summary>
    public string? Name { get; private set; }

    /// <summary>What was decided; null before.</summary>
    public PaperDecision? Decision { get; private set; }

    /// <summary>The key of the sign request that it becomes: pressing twice signs once.</summary>
    public Guid Key { get; private set; }

    /// <summary>The sequence number in the ledger of the request that it became; null before.</summary>
    public long? Sequence { get; private set; }

    /// <summary>Decides, or takes the decision back with null. What has become a pledge can only gain the guardian.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Decide(PaperDecision? decision, string? name)
    {
        if (RosterEntryId is not null)
            name = null;
        if ((decision, name) == (Decision, Name))
            return false;
        if (Sequence is not null)
        {
            if (decision != PaperDecision.WithGuardian || Decision != PaperDecision.ChildOnly)
                return false;
            Renew();
        }
        (Decision, Name) = (decision, name);
        return true;
    }

    /// <summary>It has become a pledge.</summary>
    public void Confirm(long sequence) => Sequence = sequence;

    /// <summary>Its pledge was taken back: it is undecided again.</summary>
    public void Reopen()
    {
        Renew();
        Decision = null;
    }

    private void Renew() => (Sequence, Key) = (null, Guid.CreateVersion7());
}

/// <summary>
/// A photo of a class sheet, drawn anew in grey, without what a camera writes beside the pixels: the sheet alone where it could be
/// straightened, else the whole photo. Goes with the names of its event, and with the event.
/// </summary>
public sealed class PaperPhoto
{
    private PaperPhoto() => (Bytes, Guesses) = ([], "");

    /// <summary>A photo that came in now.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="classId">The class, as far as it is known.</param>
    /// <param name="sheetId">The page; null where no QR code was found.</param>
    /// <param name="bytes">See <see cref="Bytes"/>.</param>
    /// <param name="guesses">See <see cref="Guesses"/>.</param>
    /// <param name="now">The moment.</param>
    public PaperPhoto(int eventId, int? classId, int? sheetId, byte[] bytes, string guesses, DateTimeOffset now) =>
        (EventId, ClassId, SheetId, Bytes, Guesses, UploadedAt) = (eventId, classId, sheetId, bytes, guesses, now);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>Of the sheet, or of the class link by which it came; null where neither is known.</summary>
    public int? ClassId { get; private set; }

    /// <summary>The page that it shows; null until somebody has said which.</summary>
    public int? SheetId { get; private set; }

    /// <summary>JPEG.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>
    /// Of a straightened sheet two digits a row, for the pupil's box and the guardian's (Schools/Paper/Reading/InkGuess); empty where the
    /// whole photo is shown.
    /// </summary>
    public string Guesses { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UploadedAt { get; private set; }

    /// <summary>It shows the sheet alone, upright.</summary>
    public bool IsStraight => Guesses.Length > 0;

    /// <summary>Somebody saw which page it shows.</summary>
    public void Assign(PaperSheet sheet) => (SheetId, ClassId) = (sheet.Id, sheet.ClassId);
}
