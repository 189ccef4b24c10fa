using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SkiaSharp;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>The cards of a lecture: ordered, left out, in the organizer's words and with its pictures, and cards of its own.</summary>
public sealed class LectureCardsTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cards_are_moved_left_out_and_put_back_and_the_last_one_stays()
    {
        var (desk, list, code) = await OpenAsync();
        Assert.Equal(["Float", "Cramp", "Rescue", "NoChain"], await KeysAsync(code));

        await desk.SendAsync($"{list}?handler=Move&card=NoChain&to=0");
        await desk.SendAsync($"{list}?handler=Remove&card=Cramp");
        Assert.Equal(["NoChain", "Float", "Rescue"], await KeysAsync(code));

        await desk.SendAsync($"{list}?handler=TakeBack&card=Cramp");
        Assert.Equal(["NoChain", "Float", "Rescue", "Cramp"], await KeysAsync(code));

        foreach (var key in new[] { "NoChain", "Float", "Rescue", "Cramp", "Cramp" })
            await desk.SendAsync($"{list}?handler=Remove&card={key}");
        Assert.Equal(["Cramp"], await KeysAsync(code));
        await desk.SendAsync($"{list}?handler=Move&card=Gone&to=0"); // somebody else has removed it
        Assert.Equal(["Cramp"], await KeysAsync(code));
    }

    [Fact]
    public async Task A_card_in_the_organizers_words_is_on_the_stage_until_they_are_cleared()
    {
        var (desk, list, code) = await OpenAsync();

        await SaveAsync(desk, $"{list}/Float", ("Form.Title", "先浮起来"), ("Form.Points", "仰面\n\n别乱动\n"), ("Form.Source", "来源：绿舟救援队"));

        var stage = await app.CreateClient().GetStringAsync($"/display/{code}", Cancellation);
        Assert.Contains("先浮起来", stage);
        Assert.Contains("来源：绿舟救援队", stage);
        Assert.DoesNotContain("耳朵没入水中", stage);
        Assert.Equal(2, (await CardsAsync(code))[0].Steps);

        await SaveAsync(desk, $"{list}/Float", ("Form.Title", ""), ("Form.Points", " "), ("Form.Source", ""));

        Assert.Contains("耳朵没入水中", await app.CreateClient().GetStringAsync($"/display/{code}", Cancellation));
        Assert.Empty((await PublishedAsync(code)).Scenes.First(s => s.Kind == SceneKind.Lecture).Settings.Cards);
    }

    [Fact]
    public async Task The_programs_words_saved_as_they_are_stay_in_each_readers_language()
    {
        var (desk, list, code) = await OpenAsync();
        await SaveAsync(desk, $"{list}/Cramp", [.. DeskVisitor.Form(await desk.ReadAsync($"{list}/Cramp"))
            .Where(field => field.Name.StartsWith("Form.", StringComparison.Ordinal) && field.Name != "Form.Picture")
            .Select(field => (field.Name, field.Value ?? ""))]);
        Assert.False((await CardsAsync(code))[1].HasOwnWords);
    }

    [Fact]
    public async Task A_card_of_ones_own_has_its_picture_and_both_go_when_it_is_removed()
    {
        var (desk, list, code) = await OpenAsync();

        await SaveAsync(desk, $"{list}/new", TestPicture.Of(SKEncodedImageFormat.Png, 400, 300),
            ("Form.Title", "我们村的水塘"), ("Form.Points", "东边的水塘去年淹过人"), ("Form.Source", ""));

        var card = (await CardsAsync(code))[^1];
        var picture = (await PublishedAsync(code)).PictureOf(card)!;
        var address = $"/e/{code}/pictures/{picture.Id}";
        Assert.Contains($"src=\"{address}\"", await app.CreateClient().GetStringAsync($"/display/{code}", Cancellation));
        Assert.Equal("image/jpeg", (await app.CreateClient().GetAsync(address, Cancellation)).Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(address, await desk.ReadAsync(list.Split("/scenes/")[0] + "/pictures")); // neither logo nor place

        await desk.SendAsync($"{list}?handler=Remove&card={card.Key}");

        Assert.Equal(HttpStatusCode.NotFound, (await app.CreateClient().GetAsync(address, Cancellation)).StatusCode);
        await using var db = app.OpenStore();
        Assert.False(await db.Pictures.AnyAsync(p => p.Id == picture.Id, Cancellation));
    }

    [Fact]
    public async Task The_picture_of_a_card_goes_with_its_lecture()
    {
        var (desk, list, code) = await OpenAsync();
        await SaveAsync(desk, $"{list}/Float", TestPicture.Of(SKEncodedImageFormat.Jpeg, 40, 30), ("Form.Title", ""));
        var scenes = list.Split("/scenes/")[0] + "/scenes";
        var place = (await PublishedAsync(code)).Scenes.Index().First(s => s.Item.Kind == SceneKind.Lecture).Index;

        var without = await DeskVisitor.TextAsync(await desk.SendAsync($"{scenes}?handler=Remove&at={place}"));
        Assert.Single((await PublishedAsync(code)).Pictures); // nothing is stored yet
        await desk.PostAsync(scenes, DeskVisitor.Form(without));

        Assert.Empty((await PublishedAsync(code)).Pictures);
    }

    [Fact]
    public async Task A_copied_event_has_pictures_of_its_own()
    {
        var (desk, list, code) = await OpenAsync();
        await SaveAsync(desk, $"{list}/Float", TestPicture.Of(SKEncodedImageFormat.Jpeg, 40, 30),
            ("Form.Title", ""), ("Form.Points", ""), ("Form.Source", ""));

        var answer = await desk.SendAsync($"/organize/events/new?start=copy&from={code}", ("Form.CampaignId", ""),
            ("Form.StartsAt", "2031-07-01T09:00"), ("Form.EndsAt", "2031-07-01T11:00"));
        var copy = answer.Headers.Location!.ToString()[^6..];

        var (of, ofCopy) = (await PublishedAsync(code), await PublishedAsync(copy));
        Assert.NotEqual(code, copy);
        var shown = ofCopy.PictureOf(ofCopy.Scenes.First(s => s.Kind == SceneKind.Lecture).Settings.Cards[0])!;
        Assert.NotEqual(of.PictureOf((await CardsAsync(code))[0])!.Id, shown.Id);
    }

    [Fact]
    public async Task What_does_not_fit_is_said_at_its_field_and_what_was_typed_is_kept()
    {
        var (desk, list, code) = await OpenAsync();
        foreach (var (key, title, points, words) in new[]
        {
            ("Float", "浮", "", "请填写要点"),
            ("new", "", "一条", "请填写标题"),
            ("Float", "浮", "一\n二\n三\n四", "要点最多3行"),
            ("Float", new string('浮', 15), "一条", "标题太长，大屏上放不下"),
            ("Float", "浮", $"一条\n{new string('水', 25)}", "要点太长，大屏上放不下"),
            ("Float", "浮", new string('w', 73), "要点"),
            ("Rescue", "叫伸抛", "大声呼救\n伸杆", "要正好三行"),
        })
        {
            var answer = await SaveAsync(desk, $"{list}/{key}", ("Form.Title", title), ("Form.Points", points), ("Form.Source", "我的来源"));
            var page = await DeskVisitor.TextAsync(answer);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(words, page);
            Assert.Contains("我的来源", page);
        }
        var refused = await SaveAsync(desk, $"{list}/new", "no picture"u8.ToArray(), ("Form.Title", "一"), ("Form.Points", "二"));
        Assert.Contains("读不出这张图片", await DeskVisitor.TextAsync(refused));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"{list}/gone")).StatusCode);
        Assert.All(await CardsAsync(code), card => Assert.False(card.HasOwnWords));
    }

    [Fact]
    public async Task The_newer_of_two_tabs_is_told_that_the_other_has_saved_and_nothing_is_lost()
    {
        var (desk, list, code) = await OpenAsync();
        var seen = Revision(await desk.ReadAsync($"{list}/Float"));
        await SaveAsync(desk, $"{list}/Float", ("Form.Title", "甲"), ("Form.Points", "一"));

        var answer = await SaveAsync(desk, $"{list}/Float", ("Form.Title", "乙"), ("Form.Points", "二"), ("SeenRevision", seen));

        Assert.Contains("乙", await DeskVisitor.TextAsync(answer));
        Assert.Equal("甲", (await CardsAsync(code))[0].Title);
    }

    [Fact]
    public async Task Cards_as_earlier_versions_stored_them_are_read()
    {
        var (_, _, code) = await OpenAsync();
        await using (var db = app.OpenStore())
            await db.Database.ExecuteSqlAsync(
                $$"""
                UPDATE scenes SET Settings = '{"Cards":["Rescue","Float"]}'
                WHERE Kind = 3 AND EventId = (SELECT Id FROM events WHERE Code = {{code}})
                """,
                Cancellation);
        await app.Get<PublishedEvents>().ChangedAsync((await PublishedAsync(code)).Id, Cancellation);
        Assert.Equal(["Rescue", "Float"], await KeysAsync(code));
    }

    private async Task<(DeskVisitor Desk, string List, string Code)> OpenAsync()
    {
        var e = await app.SeedEventAsync();
        var lecture = await app.SettleSceneAsync(e, SceneKind.Lecture, settings => settings);
        return (await DeskVisitor.SignInAsync(app, e.Organization), $"/organize/events/{e.Code}/scenes/{lecture}/cards", e.Code);
    }

    private static Task<HttpResponseMessage> SaveAsync(DeskVisitor desk, string address, params (string Name, string Value)[] fields) =>
        SaveAsync(desk, address, [], fields);

    private static async Task<HttpResponseMessage> SaveAsync(
        DeskVisitor desk, string address, byte[] picture, params (string Name, string Value)[] fields)
    {
        if (!fields.Any(field => field.Name == "SeenRevision"))
            fields = [.. fields, ("SeenRevision", Revision(await desk.ReadAsync(address)))];
        var name = picture.Length == 0 ? "" : "card.png";
        return await desk.UploadAsync(address, new ByteArrayContent(picture), name, "Form.Picture", fields);
    }

    private static string Revision(string page) => DeskVisitor.Form(page).First(field => field.Name == "SeenRevision").Value!;

    private async Task<PublishedEvent> PublishedAsync(string code) => (await app.Get<PublishedEvents>().FindAsync(code, Cancellation))!;

    private async Task<IReadOnlyList<LectureCardContent>> CardsAsync(string code) =>
        (await PublishedAsync(code)).Scenes.First(s => s.Kind == SceneKind.Lecture).Settings.CardsShown();

    private async Task<IEnumerable<string>> KeysAsync(string code) => (await CardsAsync(code)).Select(card => card.Key);
}
