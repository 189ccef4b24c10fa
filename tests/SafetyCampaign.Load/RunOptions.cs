using System.Globalization;

namespace SafetyCampaign.Load;

/// <summary>
/// What was typed: a verb, perhaps names of what it has several of, and options as <c>--name value</c> or <c>--name</c>
/// alone.
/// </summary>
internal sealed record RunOptions(string Verb, IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Values, string Typed)
{
    /// <summary>A few seconds a part, for every change: judges counts and losses, never a time.</summary>
    public bool Short => Values.ContainsKey("short");

    public string Out => Path.GetFullPath(Values.GetValueOrDefault("out", Path.Combine(Repository.Root, "artifacts", "load")));

    /// <summary>To be measured on PostgreSQL instead of SQLite: <c>--provider postgres</c>.</summary>
    public bool OnPostgres => Values.GetValueOrDefault("provider") == "postgres";

    public int Number(string name, int otherwise) =>
        Values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public static RunOptions Read(string[] args)
    {
        var values = new Dictionary<string, string>();
        var words = new List<string>();
        for (var i = 0; i < args.Length; i++)
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                words.Add(args[i]);
            else if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                values[args[i][2..]] = args[++i];
            else
                values[args[i][2..]] = "";
        return new RunOptions(words.FirstOrDefault(""), [.. words.Skip(1)], values, string.Join(' ', args));
    }
}
