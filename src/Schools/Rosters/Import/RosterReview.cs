using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Rosters.Reading;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>A pupil of the file of whom all is known.</summary>
/// <param name="Key">Of the row, to ask about it.</param>
public sealed record RosterPupil(string Key, int Sheet, int Row, ClassName Class, int? Seat, string Name);

/// <summary>What somebody is asked to decide.</summary>
/// <param name="Key">Stays the same while the file and its columns do.</param>
/// <param name="Rows">The sheet's own numbers of the rows that it is about.</param>
/// <param name="Text">What stands in the file: the class, or the name.</param>
/// <param name="Proposals">Classes that may be meant.</param>
public sealed record RosterQuestion(
    string Key, RosterDoubt Doubt, int Sheet, List<int> Rows, string Text, IReadOnlyList<ClassName> Proposals)
{
    /// <summary>The pupil whom it is about, where it is about one.</summary>
    public string Name { get; init; } = "";

    public bool IsAnswered { get; init; }
}

/// <summary>What somebody has said of a file, by the keys of questions and columns.</summary>
/// <param name="Columns">The role of each column, by sheet and column as "0_3".</param>
/// <param name="Choices">The answer to each question: <see cref="LeaveOut"/>, <see cref="Take"/>, or the name of a class.</param>
/// <param name="Names">Names as they should read.</param>
/// <param name="LeavesOutRest">Rows that nothing was said of are left out.</param>
public sealed record RosterAnswers(
    IReadOnlyDictionary<string, string?> Columns, IReadOnlyDictionary<string, string?> Choices, IReadOnlyDictionary<string, string?> Names,
    bool LeavesOutRest)
{
    public const string LeaveOut = "out";
    public const string Take = "take";

    public static RosterAnswers None { get; } =
        new(new Dictionary<string, string?>(), new Dictionary<string, string?>(), new Dictionary<string, string?>(), false);

    /// <summary>Whether a pupil is the one of the same name in a class that the file does not hold; null where nobody has said.</summary>
    public bool? IsMoved(RosterPupil pupil) => ChoiceOf(pupil.Key) is { } choice ? choice == Take : null;

    public string? ChoiceOf(string key) => Choices.GetValueOrDefault(key) is { Length: > 0 } choice ? choice : null;
}

/// <summary>A file as it is understood with what somebody has said of it: the pupils who can be imported, and what is still open.</summary>
public sealed class RosterReview
{
    private readonly RosterAnswers answers;
    private readonly SchoolStage stage;
    private readonly Dictionary<string, RosterQuestion> questions = [];
    private readonly Dictionary<ClassName, (HashSet<(int, string)> Seated, Dictionary<int, string> Seats, Dictionary<string, int> Names)>
        seen = [];

    private readonly List<RosterPupil> pupils = [];

    public RosterReview(ReadFile file, RosterAnswers answers, Organization school)
    {
        (this.answers, stage) = (answers, school.Stage);
        var known = school.Classes.Select(c => c.Name).ToHashSet();
        Sheets = [.. file.Sheets.Select((sheet, index) => sheet.With(RolesOf(file, index)))];
        var read = new ReadFile(Sheets).Rows(stage);
        PassedOver = read.Sum(rows => rows.PassedOver);
        foreach (var row in read.SelectMany(rows => rows.Rows))
            Decide(row, known);
    }

    public IReadOnlyList<ReadSheet> Sheets { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<RosterPupil> Pupils => pupils;

    /// <summary>In the order of the file, those that are answered included.</summary>
    public IReadOnlyCollection<RosterQuestion> Questions => questions.Values;

    /// <summary>How many rows hold no pupil.</summary>
    public int PassedOver { get; }

    /// <summary>How many rows somebody has left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>How many rows say once more what another says.</summary>
    public int Repeated { get; private set; }

    /// <summary>The key of a column's role: the same for all sheets of one form.</summary>
    public static string ColumnKey(ReadFile file, int sheet, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.FormOf(sheet)}_{column}");

    private Dictionary<int, ColumnRole> RolesOf(ReadFile file, int sheet)
    {
        var roles = new Dictionary<int, ColumnRole>();
        foreach (var column in file.Sheets[sheet].Columns)
            if (Enum.TryParse<ColumnRole>(answers.Columns.GetValueOrDefault(ColumnKey(file, sheet, column.Index)), out var role))
                roles[column.Index] = role;
        return roles;
    }

    private void Decide(RosterRow row, HashSet<ClassName> known)
    {
        if (row.IsHidden && !IsTaken(Ask(row, RosterDoubt.Hidden, $"{row.Sheet}", "", [])))
            return;
        if (ClassOf(row, known) is not { } name)
            return;
        var (seat, pupil) = (row.Seat, row.Name);
        if (row.Doubt.IsOfName())
        {
            var question = Ask(row, row.Doubt, KeyOfRow(row), row.Name, []);
            if (PersonName.TryRead(answers.Names.GetValueOrDefault(question.Key), out var corrected) != NameProblem.None
                || answers.ChoiceOf(question.Key) == RosterAnswers.LeaveOut)
            {
                LeaveOpen(question);
                return;
            }
            pupil = corrected;
            Answered(question);
        }
        else if (row.Doubt != RosterDoubt.None && !IsTaken(Ask(row, row.Doubt, KeyOfRow(row), row.Name, [])))
            return;
        Add(row, name, seat, pupil);
    }

    /// <summary>The class that the row says or that somebody has chosen; null where the row is left out or nothing is said.</summary>
    private ClassName? ClassOf(RosterRow row, HashSet<ClassName> known)
    {
        var said = row.Class;
        if (row.ClassDoubt == RosterDoubt.ClassOfOtherStage && ClassName.TryParse(row.ClassText, out var other) && known.Contains(other))
            return other;
        if (row.ClassDoubt == RosterDoubt.None)
            return said;
        var question = Ask(row, row.ClassDoubt, $"{row.Sheet}\n{row.ClassText}", row.ClassText,
            ClassProposals.Of(row.ClassText, row.IsNumber, stage));
        if (answers.ChoiceOf(question.Key) is { } choice && choice != RosterAnswers.LeaveOut && ClassName.TryParse(choice, out var chosen))
        {
            Answered(question);
            return chosen;
        }
        LeaveOpen(question);
        return null;
    }

    private void Add(RosterRow row, ClassName name, int? seat, string pupil)
    {
        if (!seen.TryGetValue(name, out var of))
            seen[name] = of = ([], [], []);
        var key = PersonName.KeyOf(pupil);
        if (seat is { } once && !of.Seated.Add((once, key)))
        {
            Repeated++;
            return;
        }
        if (seat is { } taken && of.Seats.TryGetValue(taken, out var by) && by != key)
        {
            if (!IsTaken(Ask(row, RosterDoubt.SeatTwice, KeyOfRow(row), $"{taken}", []) with { Name = pupil }))
                return;
            seat = null;
        }
        else if (of.Names.TryGetValue(key, out var withoutSeat) && (seat is null || withoutSeat > 0)
            && !IsTaken(Ask(row, RosterDoubt.NameTwice, KeyOfRow(row), pupil, [])))
            return;
        if (seat is { } at)
            of.Seats[at] = key;
        of.Names[key] = of.Names.GetValueOrDefault(key) + (seat is null ? 1 : 0);
        pupils.Add(new RosterPupil(KeyOf(RosterDoubt.OnAnotherList, KeyOfRow(row)), row.Sheet, row.Row, name, seat, pupil));
    }

    private static string KeyOfRow(RosterRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Sheet}.{row.Row}.{row.Column}");

    private static string KeyOf(RosterDoubt doubt, string of) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{doubt}\n{of}")).AsSpan(0, 6));

    private RosterQuestion Ask(RosterRow row, RosterDoubt doubt, string of, string text, IReadOnlyList<ClassName> proposals)
    {
        var key = KeyOf(doubt, of);
        if (!questions.TryGetValue(key, out var question))
            questions[key] = question = new RosterQuestion(key, doubt, row.Sheet, [], text, proposals)
            {
                Name = doubt.IsOfClass() || doubt == RosterDoubt.Hidden ? "" : row.Name,
            };
        if (question.Rows.Count == 0 || question.Rows[^1] != row.Row)
            question.Rows.Add(row.Row);
        return question;
    }

    private bool IsTaken(RosterQuestion question)
    {
        if (answers.ChoiceOf(question.Key) == RosterAnswers.Take)
        {
            Answered(question);
            return true;
        }
        LeaveOpen(question);
        return false;
    }

    private void Answered(RosterQuestion question) => questions[question.Key] = question with { IsAnswered = true };

    /// <summary>The row is not imported; whether somebody wants it so is to be said.</summary>
    private void LeaveOpen(RosterQuestion question)
    {
        if (!answers.LeavesOutRest && answers.ChoiceOf(question.Key) != RosterAnswers.LeaveOut)
            return;
        LeftOut++;
        Answered(question);
    }
}
