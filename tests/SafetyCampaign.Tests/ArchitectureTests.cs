using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests;

/// <summary>A pledge goes one way: Pledging → Intake → Ledger → Tallying → Display. These tests keep folders from looking back.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Core = ["Campaigns", "Storage", "Nodes", "Ledger", "Tallying"];

    /// <summary>Which rooms each room may know. Program.cs knows all.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Campaigns"] = [],
        ["Drawing"] = ["Campaigns"],
        ["Storage"] = ["Campaigns"],
        // Beside each other on what is stored; the ledger tells the other nodes that it has written.
        ["Nodes"] = ["Campaigns", "Storage"],
        ["Films"] = ["Campaigns", "Storage"],
        ["Ledger"] = ["Campaigns", "Storage", "Nodes"],
        ["Tallying"] = ["Campaigns", "Storage", "Nodes", "Ledger"],
        // A restore repeats acts of the ledger.
        ["Backups"] = ["Campaigns", "Storage", "Nodes", "Ledger"],
        // Cross-cutting: every room with pages may use these two, and they may not know those rooms.
        ["Layout"] = ["Campaigns", "Storage"],
        ["Operations"] = [.. Core, "Backups", "Layout"],
        ["Intake"] = Core,
        ["Pledging"] = [.. Core, "Intake", "Drawing", "Layout", "Operations"],
        ["Display"] = [.. Core, "Films", "Drawing", "Layout", "Operations"],
        // What the pages of every room with a desk stand on; those rooms alone know it, and it knows none of them.
        ["Desk"] = ["Campaigns", "Storage", "Ledger", "Layout", "Operations"],
        ["Records"] = [.. Core, "Backups", "Layout", "Operations", "Desk"],
        ["Schools"] = [.. Core, "Intake", "Drawing", "Layout", "Operations", "Desk"],
        ["Organizing"] = [.. Core, "Intake", "Films", "Drawing", "Layout", "Operations", "Desk"],
    };

    [Fact]
    public void Each_room_knows_only_the_rooms_before_it()
    {
        var wrong = new List<string>();
        foreach (var (path, text) in Source.Files(".cs", ".cshtml").Where(f => Source.Room(f.Path) != ""))
        {
            var room = Source.Room(path);
            Assert.True(MayKnow.ContainsKey(room), $"src/{room} is a new room: say above which rooms it may know.");
            foreach (var known in MentionedRoom().Matches(text).Select(m => m.Groups[1].Value).Distinct())
                if (known != room && !MayKnow[room].Contains(known))
                    wrong.Add($"src/{path} knows {known}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_rooms_form_no_circle()
    {
        var left = MayKnow.ToDictionary(room => room.Key, room => room.Value.ToHashSet());
        while (left.FirstOrDefault(room => room.Value.Count == 0) is { Key: { } first })
        {
            left.Remove(first);
            foreach (var known in left.Values)
                known.Remove(first);
        }
        Assert.Empty(left);
    }

    [Fact]
    public void The_domain_knows_neither_database_nor_web()
    {
        foreach (var (path, text) in Source.Files(".cs").Where(f => Source.Room(f.Path) == "Campaigns"))
            Assert.False(FrameworkMentioned().IsMatch(text), $"src/{path} uses EF Core or ASP.NET.");
    }

    [Fact]
    public void The_program_is_a_table_of_contents() =>
        Assert.True(File.ReadAllLines(Source.Folder("Program.cs")).Length < 50);

    [Fact]
    public void The_clock_is_always_the_one_that_a_test_can_turn() =>
        Assert.Empty(Source.Files(".cs", ".cshtml").Where(f => DirectClock().IsMatch(f.Text)).Select(f => f.Path));

    [GeneratedRegex(@"\bSafetyCampaign\.([A-Z]\w+)")]
    private static partial Regex MentionedRoom();

    [GeneratedRegex(@"Microsoft\.(EntityFrameworkCore|AspNetCore|Extensions|Data)\b")]
    private static partial Regex FrameworkMentioned();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex DirectClock();
}
