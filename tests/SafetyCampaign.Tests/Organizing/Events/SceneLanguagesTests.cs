using System.Net;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>What an organizer writes of scenes in a further language, as the desk edits it and audience and host read it.</summary>
public abstract class SceneLanguagesTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly SceneKind[] Order = [.. EventTemplate.Scenes().Select(s => s.Kind)];

    [Fact]
    public async Task Words_typed_beside_the_original_are_on_the_english_stage_and_nothing_else_of_the_scene_changes()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await WriteAsync(organizer, e);

        var stage = await StageAsync(e, "en");
        Assert.All(["A word from the head", "Mr Li, head teacher", "Come home safe", "No swimming alone"],
            said => Assert.Contains(said, stage));
        // A line without a translation is read in the original, and says so.
        Assert.Matches("lang=\"zh-CN\">\\s*<span class=\"phrases\">不盲目下水施救", stage);
        Assert.DoesNotContain("校长的话", stage);
        var chinese = await StageAsync(e, "zh-CN");
        Assert.All(["校长的话", "李校长", "平安回家", "不私自下水游泳"], said => Assert.Contains(said, chinese));
        Assert.DoesNotContain("Come home safe", chinese);
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        Assert.Contains("A word from the head", await english.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task The_host_reads_notes_and_the_line_of_the_oath_in_the_language_of_the_page()
    {
        var e = await app.SeedEventAsync();
        await WriteAsync(await DeskVisitor.SignInAsync(app, e.Organization), e);
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        var speech = published.Scenes.First(s => s.Kind == SceneKind.Speech);
        var oath = published.Scenes.First(s => s.Kind == SceneKind.Oath);
        var english = await HostVisitor.EnterAsync(app, e, "en");

        await ShowAsync(english, e, speech.Id, 0);
        Assert.Contains("<p class=\"notes\">Thank the rescue team</p>", await english.ReadAsync());
        await ShowAsync(english, e, oath.Id, 1);
        Assert.Contains("<p class=\"line\">No swimming alone</p>", await english.ReadAsync());
        await ShowAsync(english, e, oath.Id, 2);
        Assert.Contains("<p class=\"line\" lang=\"zh-CN\">不盲目下水施救</p>", await english.ReadAsync());
    }

    [Fact]
    public async Task A_translation_is_as_long_and_as_clean_as_what_it_translates_and_the_form_is_kept()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync(Scenes(e),
            (Field(SceneKind.Oath, "Settings.Lines"), "不私自下水游泳"), (InEnglish(SceneKind.Oath, "Settings.Lines"), "One\nTwo"),
            (InEnglish(SceneKind.Speech, "Title"), new string('x', Scene.TitleMaxLength + 1)),
            (InEnglish(SceneKind.Speech, "Notes"), "School\u202Ehall")));

        Assert.Contains("誓词要和旁边的原文逐行对应：原文有1行，这里有2行", page);
        Assert.Contains($"环节名称的译文最多{Scene.TitleMaxLength}个字", page);
        Assert.Contains("给主持人的提示的译文里有看不见的字符", page);
        Assert.Contains("One\nTwo", page);
        Assert.All((await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes, scene => Assert.Empty(scene.Settings.Lines));
    }

    [Fact]
    public async Task What_is_typed_moves_with_its_scene_and_words_written_anew_have_no_translation()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await WriteAsync(organizer, e);

        var moved = await DeskVisitor.TextAsync(await organizer.SendAsync(
            $"{Scenes(e)}?from={Array.IndexOf(Order, SceneKind.Speech)}&to=0&handler=Move"));
        Assert.Contains(DeskVisitor.Form(moved), f => f is ("Scenes[0].Translations[0].Settings.Speaker", "Mr Li, head teacher"));

        await organizer.SendAsync(Scenes(e), (Field(SceneKind.Speech, "Settings.Speaker"), "王校长"),
            (InEnglish(SceneKind.Speech, "Settings.Speaker"), ""));
        Assert.Contains("王校长", await StageAsync(e, "en"));
    }

    [Fact]
    public async Task A_cards_own_words_are_read_in_english_point_by_point()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var lecture = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes.First(s => s.Kind == SceneKind.Lecture).Id;
        var card = $"{Scenes(e)}/{lecture}/cards/Float";

        var opened = await organizer.ReadAsync(card);
        // The program's own words are there in each language: whoever translates them is told, and nothing typed is lost.
        (string, string)[] ours = [.. DeskVisitor.Form(opened).Where(f => f.Name is "Form.Title" or "Form.Points" or "Form.Source")
            .Select(f => (f.Name, f.Value ?? ""))];
        var unneeded = await DeskVisitor.TextAsync(await SaveCardAsync(organizer, card, opened,
            [.. ours, ("Form.Translations[0].Language", "en"), ("Form.Translations[0].Title", "Float, then shout")]));
        Assert.Contains("这张图卡的文字没有改过", unneeded);
        Assert.Contains("Float, then shout", unneeded);
        var refused = await DeskVisitor.TextAsync(await SaveCardAsync(
            organizer, card, opened, ("Form.Title", "先浮起来"), ("Form.Points", "仰面"),
            ("Form.Translations[0].Language", "en"), ("Form.Translations[0].Points", "One\nTwo")));
        Assert.Contains("要点的译文要和旁边的原文逐行对应", refused);
        await SaveCardAsync(
            organizer, card, opened, ("Form.Title", "先浮起来"), ("Form.Points", "仰面\n别乱动"),
            ("Form.Translations[0].Language", "en"), ("Form.Translations[0].Title", "Float first"),
            ("Form.Translations[0].Points", "Face up\n"));

        var stage = await StageAsync(e, "en");
        Assert.Contains("Float first", stage);
        Assert.Contains("Face up", stage);
        Assert.Contains("lang=\"zh-CN\" data-step=\"1\"", stage);
        Assert.Contains("先浮起来", await StageAsync(e, "zh-CN"));
    }

    private static async Task WriteAsync(DeskVisitor organizer, SeededEvent e) => await organizer.SendAsync(Scenes(e),
        (Field(SceneKind.Speech, "Title"), "校长的话"), (InEnglish(SceneKind.Speech, "Title"), "A word from the head"),
        (Field(SceneKind.Speech, "Notes"), "感谢救援队"), (InEnglish(SceneKind.Speech, "Notes"), "Thank the rescue team"),
        (Field(SceneKind.Speech, "Settings.Speaker"), "李校长"), (InEnglish(SceneKind.Speech, "Settings.Speaker"), "Mr Li, head teacher"),
        (Field(SceneKind.Speech, "Settings.KeySentence"), "平安回家"),
        (InEnglish(SceneKind.Speech, "Settings.KeySentence"), "Come home safe"),
        (Field(SceneKind.Oath, "Settings.Lines"), "不私自下水游泳\n不盲目下水施救"),
        (InEnglish(SceneKind.Oath, "Settings.Lines"), "No swimming alone"));

    private static Task<HttpResponseMessage> SaveCardAsync(
        DeskVisitor organizer, string card, string page, params (string Name, string Value)[] fields) => organizer.UploadAsync(
            card, new ByteArrayContent([]), "", "Form.Picture",
            [("SeenRevision", DeskVisitor.Form(page).First(field => field.Name == "SeenRevision").Value!), .. fields]);

    private static Task<HttpResponseMessage> ShowAsync(HostVisitor host, SeededEvent e, int scene, int step) =>
        host.SendAsync($"/host/{e.Code}?handler=Show&scene={scene}&step={step}");

    private async Task<string> StageAsync(SeededEvent e, string language)
    {
        using var screen = app.CreateClient(language);
        return WebUtility.HtmlDecode(await screen.GetStringAsync($"/display/{e.Code}", Cancellation));
    }

    private static string Scenes(SeededEvent e) => $"/organize/events/{e.Code}/scenes";

    private static string Field(SceneKind kind, string name) => $"Scenes[{Array.IndexOf(Order, kind)}].{name}";

    private static string InEnglish(SceneKind kind, string name) => Field(kind, $"Translations[0].{name}");
}

public sealed class SceneLanguagesOnSqliteTests(CampaignApp app) : SceneLanguagesTests(app), IClassFixture<CampaignApp>;

public sealed class SceneLanguagesOnPostgresTests(PostgresApp app) : SceneLanguagesTests(app.Required), IClassFixture<PostgresApp>;
