using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>A sheet of which it is known where the list begins and what its columns are. What must not be kept is gone from it.</summary>
/// <param name="Name">The sheet's own.</param>
/// <param name="Rows">All rows, those above the list included.</param>
/// <param name="FirstRow">Where the pupils begin, as an index of <paramref name="Rows"/>.</param>
/// <param name="Columns">In their order.</param>
/// <param name="Title">What stands above the header, in which the class may be named.</param>
public sealed record ReadSheet(
    string Name, IReadOnlyList<SheetRow> Rows, int FirstRow, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<string> Title)
{
    /// <summary>Whether somebody's names were found in it.</summary>
    public bool HasNames => Columns.Any(column => column.Role == ColumnRole.Name);

    /// <summary>What sheets with the same columns have in common: what is said of the columns of one holds of all.</summary>
    public string Form => string.Join('\t', Columns.Select(column => column.Header)) + '\t' + Columns.Count;

    /// <summary>With what somebody has said of its columns.</summary>
    public ReadSheet With(IReadOnlyDictionary<int, ColumnRole> roles) => this with
    {
        Columns =
        [
            .. Columns.Select(column => column.Dropped == PrivateData.None && roles.TryGetValue(column.Index, out var role)
                ? column with { Role = role }
                : column),
        ],
    };
}

/// <summary>Finds out what a sheet holds.</summary>
internal static class SheetReader
{
    /// <summary>A list begins within so many rows.</summary>
    private const int MaxRowsAbove = 20;

    /// <summary>So much of a column tells what it holds.</summary>
    private const int Sampled = 300;

    public static ReadSheet Read(Sheet sheet)
    {
        var (first, count) = FindHeader(sheet);
        var start = first + count;
        var headers = Enumerable.Range(0, sheet.Columns).Select(column => HeaderOf(sheet, first, count, column)).ToList();
        var columns = headers.Select((header, index) => new SheetColumn(index, header.Text, HeaderWords.RoleOf(header.Word),
            Dropped(sheet, start, index, header.Word))).ToList();
        columns = [.. columns.Select(column => column.Dropped == PrivateData.None ? column : column with { Role = ColumnRole.Ignored })];
        if (!columns.Exists(column => column.Role == ColumnRole.Name))
            columns = ByContent(sheet, start, columns);
        columns = OneOfEach(sheet, start, columns);
        var title = sheet.Rows.Take(first).SelectMany(row => row.Cells).Where(cell => !cell.IsEmpty).Select(cell => cell.Text).Distinct();
        return new ReadSheet(sheet.Name, WithoutPrivate(sheet.Rows, columns), start, columns, [.. title]);
    }

    /// <summary>The row with 姓名 in it, or else one with two headers at least; and whether it has a second row.</summary>
    private static (int First, int Count) FindHeader(Sheet sheet)
    {
        var candidates = sheet.Rows.Take(MaxRowsAbove).ToList();
        var words = candidates.ConvertAll(row => row.Cells.Select(cell => HeaderWords.Normalize(cell.Text)).ToList());
        var named = words.FindIndex(row => row.Exists(word => HeaderWords.RoleOf(word) == ColumnRole.Name));
        if (named < 0)
            named = words.FindIndex(row => row.Count(HeaderWords.IsHeader) >= 2);
        if (named < 0)
            return (0, 0);
        var first = named;
        // 学生信息 above 姓名 and 座号 is a title; 班级 above 年级 and 班, beside 姓名, is a part of the header.
        var count = 1;
        while (named + count < words.Count && count < 3 && IsHeaderToo(words[named + count], words[named]))
            count++;
        if (first > 0 && words[first - 1].Count(HeaderWords.IsHeader) >= 2)
            (first, count) = (first - 1, count + 1);
        return (first, count);
    }

    private static bool IsHeaderToo(List<string> row, List<string> above)
    {
        var name = above.FindIndex(word => HeaderWords.RoleOf(word) == ColumnRole.Name);
        return row.Exists(HeaderWords.IsHeader)
            && (name < 0 || name >= row.Count || row[name] == "" || HeaderWords.RoleOf(row[name]) == ColumnRole.Name);
    }

    /// <summary>The lowest word that is a header, or else all that stands there.</summary>
    private static (string Text, string Word) HeaderOf(Sheet sheet, int first, int count, int column)
    {
        var texts = Enumerable.Range(first, count).Select(row => sheet.Rows[row].At(column).Text.Trim()).Where(text => text.Length > 0)
            .Distinct().ToList();
        var word = texts.Select(HeaderWords.Normalize).LastOrDefault(HeaderWords.IsHeader) ?? HeaderWords.Normalize(string.Concat(texts));
        return (PrivateContent.Without(new SheetCell(string.Join(' ', texts))).Text, word);
    }

    private static PrivateData Dropped(Sheet sheet, int start, int column, string word)
    {
        if (HeaderWords.PrivateOf(word) is var said and not PrivateData.None)
            return said;
        var cells = CellsOf(sheet, start, column).ToList();
        var found = cells.ConvertAll(PrivateContent.Of);
        // Dates under 班级 are classes that the sheet's program has turned into dates; 20230101 under 学号 is a student number.
        if (HeaderWords.RoleOf(word) is ColumnRole.Class or ColumnRole.Grade or ColumnRole.Seat)
            found.RemoveAll(data => data == PrivateData.Birthday);
        var most = found.Where(data => data != PrivateData.None).GroupBy(data => data).MaxBy(same => same.Count());
        return most is not null && 5 * most.Count() >= cells.Count ? most.Key : PrivateData.None;
    }

    /// <summary>A list without a header: names, classes and seats are known by what they are.</summary>
    private static List<SheetColumn> ByContent(Sheet sheet, int start, List<SheetColumn> columns)
    {
        var known = ByEachContent(sheet, start, columns);
        // What is left of a list is the names, whatever they are like and however few: of three rows, or those of minorities.
        var left = known.FindAll(column => column is { Role: ColumnRole.Ignored, Dropped: PrivateData.None }
            && CellsOf(sheet, start, column.Index).Any());
        return known.Exists(column => column.Role == ColumnRole.Name) || left.Count != 1 || !(known.Count == 1 || HoldsNames(left[0]))
            ? known
            : known.ConvertAll(column => column == left[0] ? column with { Role = ColumnRole.Name } : column);

        bool HoldsNames(SheetColumn column) => CellsOf(sheet, start, column.Index).All(cell =>
            cell.Text.Trim().Length > 1 && PersonName.TryRead(cell.Text, out _) == NameProblem.None);
    }

    private static List<SheetColumn> ByEachContent(Sheet sheet, int start, List<SheetColumn> columns)
    {
        var taken = new HashSet<ColumnRole>();
        return [.. columns.Select(column =>
        {
            if (column.Role != ColumnRole.Ignored || column.Dropped != PrivateData.None)
                return column;
            var cells = CellsOf(sheet, start, column.Index).Select(cell => cell.Text.Trim()).ToList();
            var role = Mostly(cells, text => int.TryParse(text, out var seat) && seat is >= 1 and <= RosterEntry.MaxSeat) ? ColumnRole.Seat
                : Mostly(cells, text => ClassName.TryParse(text, out _)) ? ColumnRole.Class
                : Mostly(cells, IsChineseName) && cells.Distinct().Count() > 2 ? ColumnRole.Name
                : ColumnRole.Ignored;
            return role != ColumnRole.Ignored && taken.Add(role) ? column with { Role = role } : column;
        })];
    }

    private static bool Mostly(List<string> cells, Func<string, bool> fits) => cells.Count > 0 && 5 * cells.Count(fits) >= 4 * cells.Count;

    private static bool IsChineseName(string text) => text.Length is 2 or 3 or 4 && PersonName.TryRead(text, out _) == NameProblem.None
        && text.All(c => c is >= '\u3400' and <= '\u9FFF') && !text.EndsWith('族') && text is not ("汉族" or "是" or "否");

    /// <summary>Of several seat columns the surest that holds seats; of several classes the first. Several names stand abreast.</summary>
    private static List<SheetColumn> OneOfEach(Sheet sheet, int start, List<SheetColumn> columns)
    {
        var names = columns.Count(column => column.Role == ColumnRole.Name);
        if (names > 1)
            return columns;
        var seat = columns.Where(column => column.Role == ColumnRole.Seat && HoldsSeats(sheet, start, column.Index))
            .OrderBy(column => HeaderWords.SeatRank(HeaderWords.Normalize(column.Header)) is >= 0 and var rank ? rank : 9).FirstOrDefault();
        var group = columns.Find(column => column.Role == ColumnRole.Class);
        var grade = columns.Find(column => column.Role == ColumnRole.Grade);
        return [.. columns.Select(column => column.Role is ColumnRole.Seat or ColumnRole.Class or ColumnRole.Grade
            && column != seat && column != group && column != grade ? column with { Role = ColumnRole.Ignored } : column)];
    }

    /// <summary>A school's long student numbers are no seats.</summary>
    private static bool HoldsSeats(Sheet sheet, int start, int column)
    {
        var cells = CellsOf(sheet, start, column).Select(cell => cell.Text).ToList();
        return cells.Count == 0 || 2 * cells.Count(text => RosterReader.SeatOf(text) is not null) >= cells.Count;
    }

    private static IEnumerable<SheetCell> CellsOf(Sheet sheet, int start, int column) =>
        sheet.Rows.Skip(start).Select(row => row.At(column)).Where(cell => !cell.IsEmpty).Take(Sampled);

    private static List<SheetRow> WithoutPrivate(IReadOnlyList<SheetRow> rows, List<SheetColumn> columns) =>
        [.. rows.Select(row => row with
        {
            Cells = SheetRows.Trim([.. row.Cells.Select((cell, index) => columns[index] switch
            {
                { Dropped: not PrivateData.None } => SheetCell.Empty,
                { Role: ColumnRole.Class or ColumnRole.Grade } => PrivateContent.Without(cell),
                _ => PrivateContent.Of(cell) == PrivateData.None ? PrivateContent.Without(cell) : new SheetCell("…"),
            })]),
        })];
}
