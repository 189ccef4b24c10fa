using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Reporting;

/// <summary>The figures of one part, as they are found: on the console, as JSON, and in the document made from it.</summary>
internal sealed class Report(string part, RunOptions options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly List<Figure> figures = [];

    /// <summary>What is going on now, in one line that the next one replaces.</summary>
    public Progress Progress { get; } = new(part);

    /// <summary>What depends on the machine, its load and the build: a time, a rate, memory. Shown, never a reason to fail.</summary>
    public void Measured(string what, string hold, string measured, bool holds, string note = "") =>
        Add(new Figure(what, hold, measured, holds ? Verdict.Holds : Verdict.FallsShort, Absolute: false, note));

    public void Measured(string what, Threshold bound, double value, string note = "") =>
        Add(new Figure(what, bound.ToString(), bound.Say(value), bound.Holds(value) ? Verdict.Holds : Verdict.FallsShort, Absolute: false,
            note)
        { Short = bound.Short(value) });

    /// <summary>A count, a loss, the size of a file: must hold in every run, on any machine.</summary>
    public void Absolute(string what, string hold, string measured, bool holds, string note = "") =>
        Add(new Figure(what, hold, measured, holds ? Verdict.Holds : Verdict.FallsShort, Absolute: true, note));

    public void Show(string what, string measured, string note = "") =>
        Add(new Figure(what, "", measured, Verdict.Shown, Absolute: false, note));

    /// <summary>Something went wrong that no figure foresaw.</summary>
    public void Fail(string what, string hold, string measured) => Absolute(what, hold, measured, holds: false);

    public void Skip(string what, string hold, string why) =>
        Add(new Figure(what, hold, "not measured", Verdict.Skipped, Absolute: false, why));

    /// <summary>Nothing but signatures may have been answered.</summary>
    public void Intake(string during, IReadOnlyList<LoadResult> loads)
    {
        var trouble = string.Join("; ", loads.Select(load => load.Trouble).Where(trouble => trouble != ""));
        Absolute($"Answers while {during}", "201 each",
            trouble == "" ? $"{loads.Sum(load => load.Acknowledged.Count):N0} × 201" : trouble, trouble == "");
    }

    /// <summary>Whatever the pace, screens end with the truth and never count backwards.</summary>
    public void Shown(ScreenGroup hall, params IReadOnlyList<Delivery> deliveries)
    {
        (int Times, string What)[] troubles = [(hall.Broken, "broke off"), (deliveries.Sum(d => d.Missed), "signatures were not shown"),
            (deliveries.Sum(d => d.Backwards), "times backwards")];
        var wrong = string.Join(", ", troubles.Where(trouble => trouble.Times > 0).Select(trouble => $"{trouble.Times} {trouble.What}"));
        Absolute($"What {hall.Screens.Count:N0} {(hall.Screens.Count == 1 ? "screen" : "screens")} showed",
            "every signature, never backwards", wrong == "" ? "every signature" : wrong, wrong == "");
    }

    public void Recounted(string after, Recount recount) => Absolute($"Recount after {after}", "tally = rows, nothing lost or doubled",
        recount.Wrong.Count == 0 ? $"{recount.Rows:N0} rows agree" : string.Join("; ", recount.Wrong), recount.Wrong.Count == 0);

    /// <summary>Saves, and sums up. False where something absolute does not hold.</summary>
    public bool Finish()
    {
        Save();
        Progress.Clear();
        Console.WriteLine(
            $"{part}: {figures.Count(f => f.Verdict == Verdict.Holds)} hold, {figures.Count(f => f.Verdict == Verdict.FallsShort)} fall "
                + $"short, {figures.Count(f => f.Verdict == Verdict.Skipped)} not measured");
        return !figures.Any(f => f.Verdict == Verdict.FallsShort && f.Absolute);
    }

    /// <summary>Writes the JSON and the document as they stand. A long run that is stopped keeps what it has measured.</summary>
    public void Save()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Out, "measured"));
        var run = new MeasuredRun(part, $"dotnet run -c Release --project tests/SafetyCampaign.Load -- {options.Typed}", options.Short,
            DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), Repository.Commit,
            Machine.Describe(), figures);
        File.WriteAllText(Path.Combine(folder.FullName, $"{part}.json"), JsonSerializer.Serialize(run, Json) + "\n");
        Document.Write(options.Out, [.. folder.EnumerateFiles("*.json")
            .Select(file => JsonSerializer.Deserialize<MeasuredRun>(File.ReadAllText(file.FullName), Json)!)]);
    }

    private void Add(Figure figure)
    {
        figures.Add(figure);
        Progress.Clear();
        var sign = figure.Verdict switch
        {
            Verdict.Holds => "holds",
            Verdict.Shown => "",
            Verdict.Skipped =>
            "skipped",
            _ when figure.Absolute => "FAILS",
            _ => "short"
        };
        var hold = figure.Hold == "" ? "" : $"hold: {figure.Hold}";
        var note = figure.Note == "" ? "" : $"({figure.Note})";
        Console.WriteLine($"  {sign,-8}{figure.What,-72} {figure.Measured,-18} {hold} {note}".TrimEnd());
    }
}

/// <summary>One part as it was run once; the content of its JSON.</summary>
internal sealed record MeasuredRun(
    string Part, string Command, bool Short, string At, string Commit, string Machine, IReadOnlyList<Figure> Figures);
