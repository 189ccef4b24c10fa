using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace SafetyCampaign.Tests.Operations;

/// <summary>Every log line has an event id that an operator can rely on, and docs/operations.md says what it means.</summary>
public sealed partial class LogEventTests
{
    /// <summary>
    /// Texts that say how or why something failed or what was done. None of them can be the name of a signer or an account.
    /// </summary>
    private static readonly string[] PlainWords = ["reason", "kind", "part", "act", "refusal", "verb", "migrations"];

    private static readonly List<(MethodInfo Method, LoggerMessageAttribute Event)> Events =
    [
        .. from type in typeof(Program).Assembly.GetTypes()
           from method in type.GetMethods(
               BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
           where attribute is not null
           orderby attribute.EventId
           select (method, attribute),
    ];

    private static readonly string Page = File.ReadAllText(Path.Combine(Source.Root, "docs", "operations.md"));

    [Fact]
    public void No_two_events_have_one_id() =>
        Assert.Empty(Events.GroupBy(e => e.Event.EventId).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(e => Name(e.Method)))}"));

    [Fact]
    public void The_operators_page_lists_every_event_with_its_id_and_level() =>
        Assert.Equal(
            Events.Select(e => $"{e.Event.EventId} {e.Event.Level} {e.Method.Name}"),
            EventRow().Matches(Page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}"));

    [Fact]
    public void Each_folder_takes_its_ids_from_its_own_block()
    {
        var blocks = BlockRow().Matches(Page).ToDictionary(
            row => row.Groups[3].Value, row => (First: int.Parse(row.Groups[1].Value), Last: int.Parse(row.Groups[2].Value)));
        Assert.Empty(Events.Where(e => !blocks.TryGetValue(Room(e.Method), out var block) || e.Event.EventId < block.First
            || e.Event.EventId > block.Last)
            .Select(e => $"{Name(e.Method)} has {e.Event.EventId}, which is not in the block of {Room(e.Method)}"));
        var inOrder = blocks.Values.OrderBy(block => block.First).ToList();
        Assert.All(inOrder.Zip(inOrder.Skip(1)),
            pair => Assert.True(pair.First.Last < pair.Second.First, $"{pair.Second.First} stands in two blocks."));
    }

    [Fact]
    public void A_log_line_is_given_numbers_and_reasons_but_nothing_that_could_hold_a_name()
    {
        var wrong = from e in Events
                    from value in e.Method.GetParameters()
                    where !IsPlain(value)
                    select $"{Name(e.Method)}: {value.ParameterType.Name} {value.Name}";
        Assert.Empty(wrong);
    }

    private static bool IsPlain(ParameterInfo value)
    {
        var type = value.ParameterType;
        return type == typeof(string)
            ? PlainWords.Contains(value.Name)
            : type.IsEnum || type == typeof(int) || type == typeof(int?) || type == typeof(long) || type == typeof(TimeSpan)
                || type == typeof(DateOnly) || type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?)
                || type == typeof(ILogger) || type == typeof(Exception);
    }

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static string Room(MethodInfo method) => method.DeclaringType!.Namespace!.Split('.').ElementAtOrDefault(1) ?? "";

    [GeneratedRegex(@"^\| (\d{4}) \| (\w+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex EventRow();

    [GeneratedRegex(@"^\| (\d{4})–(\d{4}) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex BlockRow();
}
