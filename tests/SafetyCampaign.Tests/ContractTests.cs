using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Drawing;
using SafetyCampaign.Intake;
using SafetyCampaign.Pledging;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests;

/// <summary>
/// One sample of each message on the wire lies in tests/contract. Here it is held to what the server writes; the
/// client's tests read it. After a deliberate change, run these tests with <c>WRITE_CONTRACT=1</c> and look at the diff.
/// </summary>
public sealed class ContractTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly DateTimeOffset Start = new(2026, 7, 17, 1, 30, 0, TimeSpan.Zero);

    private static readonly PublishedEvent Event = new(7, "DEM001", "暑期防溺水宣传活动", "社区广场", Start, Start.AddHours(2), Start.AddDays(7),
        TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone), EventState.Open, "大塘冲社区", ["大塘冲社区"], ["绿舟应急救援队"],
        [
            new PublishedText(1, SignerRole.Student, 2, OfficialTexts.For(SignerRole.Student)[0])
            {
                Translations = OfficialTexts.TranslationsOf(OfficialTexts.For(SignerRole.Student)[0]),
                ContentHash = [.. Enumerable.Repeat((byte)0xaa, 32)],
            },
        ],
        [new PublishedRules(1, Start, RulesSettings.Usual("大塘冲社区", new DateOnly(2026, 9, 30)))],
        [new PublishedClass(12, "大塘冲小学", ClassName.OfGrade(5, 1), NeedsGuardian: true, 45)],
        [new PublishedScene(5, SceneKind.Signing, "签承诺书", SceneSettings.Usual)],
        ShowsNames: true, Revision: 3)
    {
        IsPublic = true,
        OrganizationPath = "/1/",
    };

    private static readonly Tally Tally = new("DEM001", 41, 5, 2,
        new Dictionary<string, int> { ["student"] = 2, ["guardian"] = 2, ["teacher"] = 1, ["volunteer"] = 0 },
        [new ClassTally(12, "大塘冲小学", "五（1）班", 4, 2, 45), new ClassTally(13, "大塘冲小学", "五（2）班", 0, 0, null),
            ClassTally.OfFew(14, "大塘冲教学点", "五（1）班")], Start.AddMinutes(30));

    [Fact]
    public void The_event() =>
        Holds("event", JsonSerializer.Serialize(EventFacts.Of(Event, Start, CultureInfo.GetCultureInfo("zh-CN")), ApiJson.Wire.EventFacts));

    [Fact]
    public void The_tally() => Holds("tally", JsonSerializer.Serialize(Tally, ApiJson.Wire.Tally));

    [Fact]
    public void The_change_of_a_tally() => Holds("tally-change", OverTheHub(TallyChange.Between(Tally, Tally with
    {
        Version = 43,
        People = 7,
        Families = 3,
        ByRole = new Dictionary<string, int> { ["student"] = 3, ["guardian"] = 3, ["teacher"] = 1, ["volunteer"] = 0 },
        ByClass = [Tally.ByClass[0], Tally.ByClass[1] with { People = 2, Families = 1 }, Tally.ByClass[2]],
    })));

    [Fact]
    public void The_answer_to_a_signature() => Holds("sign-answer",
        JsonSerializer.Serialize(new SignAnswer("AAAAAAAAAAAAAAAAAAAAAAAA", 428, Start.AddMinutes(30), "0000-1D3K-8Q2Z"),
            ApiJson.Wire.SignAnswer));

    [Fact]
    public void The_scene()
    {
        var rundown = new Rundown(Event, app.Get<SceneRegistry<StageSceneDescriptor>>());
        Holds("scene", OverTheHub(StageScene.Of(rundown, CountingDown(), ["王**"], Start)));
    }

    /// <summary>Numbers that a phone and a stage know as well.</summary>
    [Fact]
    public void The_limits() => Holds("limits", JsonSerializer.Serialize(new
    {
        MaxSigners = Pledge.MaxSigners,
        MaxRequestBytes = SignEndpoint.MaxBytes,
        Strokes = new
        {
            Strokes.Format,
            MaxStrokes = Strokes.MaxStrokes,
            MaxPoints = Strokes.MaxPoints,
            MaxBytes = Strokes.MaxBytes,
            Strokes.MillisecondsPerStep,
            Strokes.DotSize,
            StrokePath.Margin,
        },
        CprRound = new { CprRound.Compressions, CprRound.Breaths },
    }, JsonSerializerOptions.Web));

    /// <summary>What is taken out of a pasted name, and what stays.</summary>
    [Fact]
    public void Pasted_names() => Holds("pasted-names", JsonSerializer.Serialize(
        ((string[])["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\u00ad",
            "\u061c", "\0", "\r\n", "\u0085", "\U000e0041"]).Select(unseen => $"{unseen}王{unseen}小明{unseen}")
            .Concat(["Anna\tSmith", "王小明", "阿卜杜·克热木", "𠮷田", "O'Neil", "ᠰᠠᠷᠠ\u180eᠠ", "葛\U000e0100"])
            .Select(typed => new { Typed = typed, Read = NameNormalization.WithoutUnseen(typed) }), JsonSerializerOptions.Web));

    /// <summary>Names as they are typed where the server answers only later, and what is wrong with each.</summary>
    [Fact]
    public void Typed_names() => Holds("typed-names", JsonSerializer.Serialize(
        ((string[])["王小明", "王小明😀", "王★明", "阿卜杜·克热木", "阿卜杜∙克热木", "阿卜杜⋅克热木", "𠮷田", "O'Neil", "O’Neil", "Anna-Maria Smith", "J. Smith",
            "王伟（大）", "王伟(小)", "１号王小明", "2012王小明", "⼈王", "⺠王", "ᠰᠠᠷᠠ", "བཀྲ་ཤིས", "ئايگۈل", "", "　", "...", "13812345678", "138 1234 5678",
            "4302-0319", "４３０２０", "王小明13812345678", "王小明;DROP", "<script>", "=SUM(A1)", "王@小明", "王，小明！", "王_小明", "王$", "王+", "王`明"])
            .Select(typed => new { Typed = typed, Problem = $"{PersonName.TryRead(typed, out _)}" }), JsonSerializerOptions.Web));

    /// <summary>
    /// Each count of some classes, and where the water stands then; halves are among them, which C# and JavaScript round
    /// apart. For a class of unknown size, its marks.
    /// </summary>
    [Fact]
    public void The_waterline() => Holds("waterline", JsonSerializer.Serialize(
        new int?[] { 1, 2, 14, 28, 45, 99, null }.Select(expected => new
        {
            Expected = expected,
            Lines = Enumerable.Range(0, (expected ?? WaterLevel.MaxMarks) + 2)
                .Select(count => expected is { } all ? WaterLevel.Waterline(count, all) : WaterLevel.Marks(count)),
        }), JsonSerializerOptions.Web));

    [Fact]
    public void The_hub_and_the_api_tell_a_tally_alike() => Holds("tally", OverTheHub(Tally));

    private static StageState CountingDown()
    {
        var stage = new StageState(Event.Id);
        stage.SignUntil(5, StageScene.Keep(Tally), Start.AddSeconds(90), Start);
        return stage;
    }

    private string OverTheHub<T>(T message) =>
        JsonSerializer.Serialize(message, app.Get<IOptions<JsonHubProtocolOptions>>().Value.PayloadSerializerOptions);

    private static void Holds(string name, string written)
    {
        var file = Path.Combine(Source.Root, "tests", "contract", name + ".json");
        if (Environment.GetEnvironmentVariable("WRITE_CONTRACT") == "1")
            File.WriteAllText(file, JsonNode.Parse(written)!.ToJsonString(
                new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), JsonNode.Parse(written)),
            $"tests/contract/{name}.json is not what the server writes: {written}");
    }
}
