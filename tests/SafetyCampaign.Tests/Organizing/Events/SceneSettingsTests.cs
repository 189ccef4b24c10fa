using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>What an organizer settles for each kind of scene.</summary>
public sealed class SceneSettingsTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The scenes of the template by their place in the form.</summary>
    private static readonly SceneKind[] Order = [.. EventTemplate.Scenes().Select(s => s.Kind)];

    [Fact]
    public async Task Each_kind_of_scene_keeps_what_was_settled_for_it_and_the_stage_is_told()
    {
        var (organizer, address, code) = await OpenAsync();

        await organizer.SendAsync(address,
            ($"Scenes[{Array.IndexOf(Order, SceneKind.Film)}].PlannedMinutes", "12"),
            (Field(SceneKind.Speech, "Speaker"), " 李主任 "), (Field(SceneKind.Speech, "KeySentence"), ""),
            (Field(SceneKind.Cpr, "BeatsPerMinute"), "104"), (Field(SceneKind.Cpr, "Groups"), "4"),
            (Field(SceneKind.Oath, "Lines"), "不私自下水游泳\n\n不盲目下水施救\n"), (Field(SceneKind.Oath, "CountdownSeconds"), "60"),
            (Field(SceneKind.Thanks, "Promises"), "巡查水域"));

        var shown = await ShownAsync(code);
        Assert.Equal((12, 0), (shown[SceneKind.Film].PlannedMinutes, shown[SceneKind.Oath].PlannedMinutes));
        Assert.Equal(("李主任", ""), (shown[SceneKind.Speech].Speaker, shown[SceneKind.Speech].KeySentence));
        Assert.Equal((104, 4), (shown[SceneKind.Cpr].BeatsPerMinute, shown[SceneKind.Cpr].Groups));
        Assert.Equal(["不私自下水游泳", "不盲目下水施救"], shown[SceneKind.Oath].Lines);
        Assert.Equal(60, shown[SceneKind.Oath].CountdownSeconds);
        Assert.Equal(["巡查水域"], shown[SceneKind.Thanks].Promises);
        Assert.Contains("李主任", await organizer.ReadAsync(address));
    }

    [Theory]
    [InlineData(SceneKind.Cpr, "BeatsPerMinute", "90", "每分钟按压次数请填100到120之间的整数。")]
    [InlineData(SceneKind.Cpr, "BeatsPerMinute", "", "每分钟按压次数请填100到120之间的整数。")]
    [InlineData(SceneKind.Cpr, "Groups", "两", "分几组轮流请填1到12之间的整数。")]
    [InlineData(SceneKind.Oath, "CountdownSeconds", "5", "签名倒计时（秒）请填10到600之间的整数。")]
    [InlineData(SceneKind.Oath, "Lines", "一\n二\n三\n四\n五\n六\n七\n八\n九\n十\n十一\n十二\n十三", "誓词最多12行，现在有13行。")]
    public async Task What_cannot_be_is_said_at_its_field_and_nothing_is_stored(SceneKind kind, string field, string typed, string said)
    {
        var (organizer, address, code) = await OpenAsync();
        var before = (await ShownAsync(code))[kind];

        var answer = await DeskVisitor.TextAsync(await organizer.SendAsync(address, (Field(kind, field), typed)));

        Assert.Contains(said, answer);
        Assert.Equivalent(before, (await ShownAsync(code))[kind], strict: true);
    }

    [Fact]
    public async Task What_was_typed_moves_with_its_scene()
    {
        var (organizer, address, _) = await OpenAsync();
        var at = Array.IndexOf(Order, SceneKind.Speech);

        var moved = await DeskVisitor.TextAsync(
            await organizer.SendAsync($"{address}?from={at}&to=0&handler=Move", (Field(SceneKind.Speech, "Speaker"), "李主任")));

        Assert.Contains(DeskVisitor.Form(moved), f => f is ("Scenes[0].Settings.Speaker", "李主任"));
    }

    private async Task<(DeskVisitor Organizer, string Address, string Code)> OpenAsync()
    {
        var e = await app.SeedEventAsync();
        return (await DeskVisitor.SignInAsync(app, e.Organization), $"/organize/events/{e.Code}/scenes", e.Code);
    }

    private static string Field(SceneKind kind, string name) => $"Scenes[{Array.IndexOf(Order, kind)}].Settings.{name}";

    /// <summary>The settings that the stage shows now.</summary>
    private async Task<Dictionary<SceneKind, SceneSettings>> ShownAsync(string code) =>
        (await app.Get<PublishedEvents>().FindAsync(code, Cancellation))!.Scenes.ToDictionary(s => s.Kind, s => s.Settings);
}
