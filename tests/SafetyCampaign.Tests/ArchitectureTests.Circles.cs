namespace SafetyCampaign.Tests;

/// <summary>
/// One level down from the rooms: no two folders of a room know each other, nor do two script files, directly or by way of
/// others.
/// </summary>
public sealed partial class ArchitectureTests
{
    public static TheoryData<string> Rooms() => [.. MayKnow.Keys];

    [Theory, MemberData(nameof(Rooms))]
    public void The_folders_of_a_room_form_no_circle(string room) =>
        NoCircle(FolderReferences.Of(Source.Files(".cs", ".cshtml").Where(file => Source.Room(file.Path) == room)));

    [Fact]
    public void The_scripts_form_no_circle()
    {
        var references = ScriptReferences.Of(Source.Files(".ts"));
        // What the bundle gathers counts as imported.
        Assert.Contains(references, r => r is { From: "Display/Stage/scene-registry.ts", To: "Display/Scenes/Oath/oath.ts" });
        NoCircle(references);
    }

    [Theory]
    // By a type, with the room itself as one of the folders, and by way of a third.
    [InlineData("Hall/Door.cs: public sealed class Door(Stairs stairs);", "Hall/Up/Stairs.cs: internal sealed record Stairs(Door Door);")]
    [InlineData("Hall/A/One.cs: public class One : Two;", "Hall/B/Two.cs: public class Two : Three;",
        "Hall/C/Deep/Three.cs: public class Three : One;")]
    // By an extension method, and by a view.
    [InlineData("Hall/A/Doors.cs: public static class Doors { public static void Open(this Key key) {} }",
        "Hall/B/Key.cs: public class Key { void Turn() => Open(); }")]
    [InlineData("Hall/A/Page.cshtml: <partial name=\"/src/Hall/B/Frame.cshtml\" />", "Hall/B/Frame.cshtml: @model Page",
        "Hall/A/Page.cs: public class Page;")]
    public void A_circle_of_folders_is_found(params string[] files) =>
        Assert.NotEmpty(Reference.Circles(FolderReferences.Of(Split(files))));

    [Theory]
    [InlineData("Hall/A/One.cs: public class One : Two;", "Hall/B/Two.cs: /// <see cref=\"One\"/>\npublic class Two;")]
    [InlineData("Hall/HallSetup.cs: public static class HallSetup { One one; }",
        "Hall/A/One.cs: public class One : Two;", "Hall/Two.cs: public class Two;")]
    [InlineData("Hall/A/One.cs: public class One\n{\n    private class Hidden;\n    Two two;\n}",
        "Hall/B/Two.cs: public class Two { int Hidden; }")]
    public void What_goes_one_way_is_no_circle(params string[] files) => NoCircle(FolderReferences.Of(Split(files)));

    [Fact]
    public void A_circle_of_scripts_is_found()
    {
        var circle = Reference.Circles(ScriptReferences.Of(Split(
            "Display/Stage/registry.ts: import { scripts } from 'all-scenes';",
            "Display/Scenes/Oath/oath.ts: import type { View } from '../../Stage/registry';",
            "Display/Stage/page.ts: import { scripts } from './registry';")));

        Assert.Equal(["Display/Scenes/Oath/oath.ts", "Display/Stage/registry.ts"], circle.Select(reference => reference.From).Order());
    }

    private static IEnumerable<(string Path, string Text)> Split(params string[] files) =>
        files.Select(file => file.Split(": ", 2)).Select(parts => (parts[0], parts[1]));

    private static void NoCircle(List<Reference> references)
    {
        var circles = Reference.Circles(references);
        Assert.True(circles.Count == 0, string.Join('\n', circles.OrderBy(r => r.From).Select(r => $"{r.From} → {r.To}: {r.Where}")));
    }
}
