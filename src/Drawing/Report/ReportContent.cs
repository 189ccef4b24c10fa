namespace SafetyCampaign.Drawing.Report;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What is counted.</param>
/// <param name="Value">How many; the longest bar of a chart is its largest value.</param>
public sealed record ReportBar(string Label, int Value);

/// <summary>Bars under a heading.</summary>
public sealed record ReportChart(string Heading, IReadOnlyList<ReportBar> Bars)
{
    /// <summary>How long a bar is, from 0 to 1.</summary>
    public float LengthOf(ReportBar bar) => Bars.Max(b => b.Value) is > 0 and var longest ? (float)bar.Value / longest : 0;
}

/// <summary>A photo of the event.</summary>
/// <param name="Id">By which the page has it sent.</param>
/// <param name="Caption">What is seen on it.</param>
/// <param name="Jpeg">Upright, without metadata.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record ReportPicture(int Id, string Caption, byte[] Jpeg, int Width, int Height);

/// <summary>What an activity report says, as words: the page, the PDF and the document are made of the same.</summary>
public sealed record ReportContent
{
    /// <summary>What kind of paper it is.</summary>
    public required string Kind { get; init; }

    /// <summary>Of the event, or as somebody wrote it.</summary>
    public required string Title { get; init; }

    /// <summary>Caption and value.</summary>
    public required IReadOnlyList<(string Caption, string Value)> Facts { get; init; }

    /// <summary>The large numbers, caption and value.</summary>
    public required IReadOnlyList<(string Caption, string Value)> Figures { get; init; }

    /// <summary>Paragraphs that somebody wrote; often none.</summary>
    public IReadOnlyList<string> Overview { get; init; } = [];

    /// <summary>Above the parts of the programme.</summary>
    public required string PartsHeading { get; init; }

    /// <summary>From when to when each part was on the stage; the time is empty where nothing is recorded.</summary>
    public required IReadOnlyList<(string Time, string Part)> Parts { get; init; }

    /// <summary>What must be known about the parts; null where nothing must.</summary>
    public string? PartsNote { get; init; }

    /// <summary>Without those in which everything is 0.</summary>
    public required IReadOnlyList<ReportChart> Charts { get; init; }

    /// <summary>Above the numbers of the classes.</summary>
    public required string TableHeading { get; init; }

    /// <summary>The heads of the columns; the first is a name, the others are numbers.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>A cell for each column.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>Above the photos.</summary>
    public required string PhotosHeading { get; init; }

    /// <summary>Often none.</summary>
    public IReadOnlyList<ReportPicture> Photos { get; init; } = [];

    /// <summary>Above what was learned.</summary>
    public required string LessonsHeading { get; init; }

    /// <summary>Paragraphs that somebody wrote; often none.</summary>
    public IReadOnlyList<string> Lessons { get; init; } = [];

    /// <summary>Above the sentences that inspectors ask for.</summary>
    public required string SummaryHeading { get; init; }

    /// <summary>The figures in sentences, to be copied.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>How it was counted and when it was made.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
