using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>One pupil as the file has it.</summary>
/// <param name="Sheet">The sheet's index.</param>
/// <param name="Row">The sheet's own row number.</param>
/// <param name="Column">The index of the column with the name: two pupils may stand in one row.</param>
/// <param name="Seat">Null where none is said.</param>
/// <param name="Name">In its stored form; as it is written where <see cref="Doubt"/> is about the name.</param>
/// <param name="Class">Null where <see cref="ClassDoubt"/> says why.</param>
/// <param name="ClassText">As it is written; empty where nothing is.</param>
/// <param name="IsNumber">The sheet has a number for a class.</param>
public sealed record RosterRow(int Sheet, int Row, int Column, int? Seat, string Name, ClassName? Class, string ClassText, bool IsNumber)
{
    public RosterDoubt ClassDoubt { get; init; }

    public RosterDoubt Doubt { get; init; }

    /// <summary>The row does not show in the sheet's program.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>The pupils of a sheet.</summary>
/// <param name="Rows">In the order of the sheet.</param>
/// <param name="PassedOver">Rows without a pupil: titles, totals, repeated headers, numbered lines that are empty.</param>
public sealed record RosterRows(IReadOnlyList<RosterRow> Rows, int PassedOver);

/// <summary>Reads the pupils of a sheet whose columns are known.</summary>
internal sealed partial class RosterReader(ReadSheet sheet, int index, SchoolStage stage)
{
    private readonly List<int> names = ColumnsOf(sheet, ColumnRole.Name);
    private readonly List<int> seats = ColumnsOf(sheet, ColumnRole.Seat);
    private readonly List<int> classes = ColumnsOf(sheet, ColumnRole.Class);
    private readonly List<int> grades = ColumnsOf(sheet, ColumnRole.Grade);
    private readonly List<RosterRow> rows = [];

    /// <summary>What a title says of the class of the rows below it.</summary>
    private ClassName? title = sheet.Title.Select(text => ClassNameReader.FindIn(text)).FirstOrDefault(found => found is not null)
        ?? ClassNameReader.Read(sheet.Name).Name ?? ClassNameReader.FindIn(sheet.Name);

    private int passedOver;

    public static RosterRows Read(ReadSheet sheet, int index, SchoolStage stage) => new RosterReader(sheet, index, stage).Read();

    /// <summary>1 to <see cref="RosterEntry.MaxSeat"/>, as 7, 07, 7号 or ７; null for anything else.</summary>
    public static int? SeatOf(string text) => Seat().Match(text.Normalize(NormalizationForm.FormKC)) is { Success: true } match
        && int.Parse(match.Groups["seat"].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= RosterEntry.MaxSeat and var seat
            ? seat
            : null;

    private static List<int> ColumnsOf(ReadSheet sheet, ColumnRole role) =>
        [.. sheet.Columns.Where(column => column.Role == role).Select(column => column.Index)];

    private RosterRows Read()
    {
        if (names.Count == 0)
            return new([], 0);
        var (group, grade) = (new FilledColumn(sheet, classes, names), new FilledColumn(sheet, grades, names));
        foreach (var row in sheet.Rows.Skip(sheet.FirstRow))
        {
            group.Advance(row);
            grade.Advance(row);
            if (IsPassedOver(row))
                passedOver++;
            else
                foreach (var (place, column) in names.Index())
                    Read(row, place, column, group, grade);
        }
        if (sheet.Columns.Where(c => c.Role == ColumnRole.Seat).All(c => HeaderWords.MayRunThrough(HeaderWords.Normalize(c.Header))))
            ForgetRunningNumbers();
        return new(rows, passedOver);
    }

    /// <summary>Titles between the classes, headers that are printed on each page, totals, and lines in which no pupil stands.</summary>
    private bool IsPassedOver(SheetRow row)
    {
        var filled = row.Cells.Where(cell => !cell.IsEmpty).ToList();
        var isWithoutName = names.TrueForAll(column => row.At(column).IsEmpty);
        if (names.Exists(column => HeaderWords.RoleOf(HeaderWords.Normalize(row.At(column).Text)) == ColumnRole.Name))
            return true;
        if (filled.Take(2).Any(cell => Footer().IsMatch(HeaderWords.Normalize(cell.Text))) || filled.Count == 0)
            return true;
        var distinct = filled.Select(cell => cell.Text).Distinct().ToList();
        if (distinct.Count == 1 && (isWithoutName || row.At(names[0]).Text.Length > 6) && ClassNameReader.FindIn(distinct[0]) is { } named)
        {
            title = named;
            return true;
        }
        // A seat without a pupil is an empty line of the form; with anything else in it, the name is missing.
        return isWithoutName && !(seats.Exists(column => SeatOf(row.At(column).Text) is not null) && sheet.Columns.Any(column =>
            column.Role == ColumnRole.Ignored && !row.At(column.Index).IsEmpty));
    }

    private void Read(SheetRow row, int place, int column, FilledColumn group, FilledColumn grade)
    {
        var typed = row.At(column).Text;
        if (names.Count > 1 && string.IsNullOrWhiteSpace(typed))
            return;
        var seat = row.At(Beside(seats, place));
        var problem = PersonName.TryRead(WithoutSpaces(typed), out var name);
        var (said, doubt) = ClassOf(group.At(row), grade.At(row), group.IsDoubtful);
        if (said is not null && !ClassProposals.Fits(said, stage))
            (said, doubt) = (null, RosterDoubt.ClassOfOtherStage);
        var classCell = group.At(row);
        rows.Add(new RosterRow(index, row.Number, column, SeatOf(seat.Text), problem == NameProblem.None ? name : typed, said,
            TextOf(classCell, grade.At(row), doubt), classCell.Kind == CellKind.Number)
        {
            ClassDoubt = doubt,
            Doubt = problem switch
            {
                NameProblem.None when Remark().IsMatch(name) => RosterDoubt.NameWithRemark,
                NameProblem.None => seat.IsEmpty || SeatOf(seat.Text) is not null ? RosterDoubt.None : RosterDoubt.SeatUnreadable,
                NameProblem.Missing => RosterDoubt.NameMissing,
                NameProblem.TooLong => RosterDoubt.NameTooLong,
                _ when problem == NameProblem.LongNumber || typed.Contains('…', StringComparison.Ordinal) => RosterDoubt.NameWithNumber,
                _ => RosterDoubt.NotAName,
            },
            IsHidden = row.IsHidden,
        });
    }

    /// <summary>What is left of the name without what it is asked about; null where nothing is.</summary>
    public static string? ProposedName(RosterDoubt doubt, string typed)
    {
        var left = doubt switch
        {
            RosterDoubt.NameWithRemark => Remark().Replace(typed, ""),
            RosterDoubt.NameWithNumber => typed.Replace("…", "", StringComparison.Ordinal),
            _ => "",
        };
        return PersonName.TryRead(left, out var name) == NameProblem.None ? name : null;
    }

    /// <summary>张　伟 is 张伟: in a table spaces widen a name of two letters.</summary>
    private static string WithoutSpaces(string name) =>
        Blank().Replace(name, "") is { Length: <= 4 } brief && brief.All(c => c is >= '\u3400' and <= '\u9FFF') ? brief : name;

    private string TextOf(SheetCell group, SheetCell grade, RosterDoubt doubt) =>
        doubt == RosterDoubt.ClassOfOtherStage && group.IsEmpty && grade.IsEmpty && title is not null
            ? title.In(InterfaceLanguages.Default.Culture)
            : grade.IsEmpty ? group.Text.Trim() : $"{grade.Text.Trim()} {group.Text.Trim()}".Trim();

    private (ClassName? Name, RosterDoubt Doubt) ClassOf(SheetCell group, SheetCell grade, bool isDoubtful)
    {
        if (group.IsEmpty && grade.IsEmpty)
            return title is not null && !isDoubtful ? (title, RosterDoubt.None) : (null, RosterDoubt.ClassMissing);
        if (group.Kind == CellKind.Date)
            return (null, RosterDoubt.ClassLooksLikeDate);
        var text = ClassNameReader.Normalize(group.IsEmpty ? grade.Text : group.Text);
        var of = grade.IsEmpty ? GradeOfTitle() : ClassNameReader.Normalize(grade.Text);
        if (group.Kind == CellKind.Number && text.Contains('.', StringComparison.Ordinal))
            return (null, RosterDoubt.ClassLostZero);
        var (name, doubt) = ClassNameReader.Read(text);
        if (name is null && of is not null && !group.IsEmpty)
            name = Joined(of, text);
        return name is not null ? (name, RosterDoubt.None) : (null, doubt switch
        {
            ClassDoubt.NoNumber => RosterDoubt.ClassNoNumber,
            ClassDoubt.LooksLikeDate => RosterDoubt.ClassLooksLikeDate,
            ClassDoubt.Ambiguous => RosterDoubt.ClassAmbiguous,
            ClassDoubt.OutOfRange => RosterDoubt.ClassOutOfRange,
            _ when ClassNameReader.GradeOf(text) is not null => RosterDoubt.ClassNoNumber,
            _ when OnlyDigits().IsMatch(text) => RosterDoubt.ClassAmbiguous,
            _ => RosterDoubt.ClassUnreadable,
        });
    }

    /// <summary>七年级 and 01班, 七年级 and 3, 2023 and 3班.</summary>
    private static ClassName? Joined(string grade, string group)
    {
        group = LeadingZeros().Replace(group, "");
        foreach (var said in (ReadOnlySpan<string>)[grade, grade + "年级", grade + "级"])
            if (ClassNameReader.Join(said, group) is { } joined && ClassNameReader.Read(joined).Name is { } name)
                return name;
        return null;
    }

    /// <summary>A sheet that is called 七年级, with 1班 in its rows.</summary>
    private string? GradeOfTitle() => new[] { sheet.Name }.Concat(sheet.Title).Select(ClassNameReader.Normalize)
        .FirstOrDefault(text => ClassNameReader.GradeOf(text) is not null);

    /// <summary>序号 that counts the whole school through is no seat.</summary>
    private void ForgetRunningNumbers()
    {
        var counted = rows.Where(row => row.Seat is not null).ToList();
        if (rows.Select(row => row.Class is { } name ? (object)name : row.ClassText).Distinct().Count() < 2
            || counted.Select(row => row.Seat).Distinct().Count() < counted.Count)
            return;
        for (var i = 0; i < rows.Count; i++)
            rows[i] = rows[i] with { Seat = null, Doubt = rows[i].Doubt == RosterDoubt.SeatUnreadable ? RosterDoubt.None : rows[i].Doubt };
    }

    /// <summary>Of lists side by side each name has its own seat, before it or behind it as the first has.</summary>
    private int Beside(List<int> columns, int place)
    {
        if (names.Count == 1 || columns.Count == 0)
            return columns.Count == 0 ? -1 : columns[0];
        var (before, after) = (place == 0 ? -1 : names[place - 1], place + 1 < names.Count ? names[place + 1] : int.MaxValue);
        return columns.Exists(column => column < names[0])
            ? columns.LastOrDefault(column => column > before && column < names[place], -1)
            : columns.Find(column => column > names[place] && column < after) is > 0 and var behind ? behind : -1;
    }

    /// <summary>A bracket but for those by which schools tell two of one name apart: （大）, （女）, （2）.</summary>
    [GeneratedRegex("""[(（](?!(?:[大小中男女甲乙丙一二三四]|[A-Za-z]|[0-9]{1,2})[)）])[^)）]*[)）]""")]
    private static partial Regex Remark();

    [GeneratedRegex(@"^\s*0{0,2}(?<seat>\d{1,3})\s*(?:号|\.0)?\s*$")]
    private static partial Regex Seat();

    [GeneratedRegex(@"^0+(?=\d)")]
    private static partial Regex LeadingZeros();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex OnlyDigits();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("^(?:合计|总计|小计|共计|总人数|人数|男生|女生|男女|全班|本班|班主任|制表|填表|审核|校长|备注|说明|注$|注意|统计|日期|盖章|单位|total|sum)")]
    private static partial Regex Footer();

    /// <summary>
    /// A column of which a value may stand in its first row only and hold for those below, as where cells were merged. Where most rows have
    /// their own, an empty one is doubtful.
    /// </summary>
    private sealed class FilledColumn
    {
        private readonly int column;
        private readonly bool isFilledDown;
        private SheetCell last = SheetCell.Empty;

        public FilledColumn(ReadSheet sheet, List<int> columns, List<int> names)
        {
            column = columns.Count > 0 ? columns[0] : -1;
            var pupils = sheet.Rows.Skip(sheet.FirstRow).Where(row => names.Exists(name => !row.At(name).IsEmpty)).ToList();
            isFilledDown = 2 * pupils.Count(row => row.At(column).IsEmpty) > pupils.Count;
        }

        /// <summary>Rows have their own class, so that one without is not of the title's.</summary>
        public bool IsDoubtful => column >= 0 && !isFilledDown;

        public void Advance(SheetRow row)
        {
            if (!row.At(column).IsEmpty)
                last = row.At(column);
        }

        public SheetCell At(SheetRow row) => isFilledDown ? last : row.At(column);
    }
}
