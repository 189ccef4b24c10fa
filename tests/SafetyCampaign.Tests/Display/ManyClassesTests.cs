using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Display;

/// <summary>What a signature costs the line of each screen where many classes take part, and that the screens stay right.</summary>
public sealed class ManyClassesTests(ManyClassesTests.Served app) : IClassFixture<ManyClassesTests.Served>
{
    public sealed class Served : CampaignApp
    {
        public Served() => Kestrel = true;
    }

    private const int MaxBytes = 2048;
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_at_most_2_KB_however_many_classes_take_part()
    {
        var seeded = (await app.Get<PublishedEvents>().FindAsync((await app.SeedEventAsync()).Code, Cancellation))!;
        foreach (var classes in new[] { 1, 14, 99, 200, 614 })
        {
            var groups = Enumerable.Range(0, classes).Select(
                i => new PublishedClass(1000 + i, $"大塘冲第{i / 40}小学", ClassName.OfGrade(1 + (i % 6), 1), NeedsGuardian: true, 45));
            var e = seeded with { Classes = [.. groups] };
            // Between two pushes to 200 screens lie 70 ms: at 100 signatures a second seven are in one, each of a class of its own.
            foreach (var changed in new[] { 1, Math.Min(classes, 7) })
            {
                var before = TallyOf(e, version: 90_001, changed: 0);
                var now = TallyOf(e, version: 90_009, changed);
                var told = new LastSentTallies();
                told.Answered(e, before);
                object message = told.Next(e, now) is { } change ? change : now;

                var bytes = BytesOf(message);
                Assert.True(bytes <= MaxBytes, $"{changed} of {classes} classes changed: {bytes} bytes");
                TestContext.Current.TestOutputHelper!.WriteLine($"{changed} of {classes} classes: {bytes} bytes, whole {BytesOf(now)}");
            }
        }
    }

    [Fact]
    public async Task Who_puts_the_changes_in_place_has_the_whole_truth_of_200_classes()
    {
        var (e, classes) = await ManyClassesAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        var picture = (await screen.WatchAsync(e.Code)).Tally.ByClass.ToDictionary(c => c.ClassId, c => (c.People, c.Families));
        Assert.Equal(204, picture.Count);
        await phone.SignAsync(e.Code, FamilyOf(classes[0], 0)); // is told alone
        await screen.TallyAsync(t => t.People == 2);

        await Task.WhenAll(Enumerable.Range(1, 60).Select(i => phone.SignAsync(e.Code, FamilyOf(classes[3 * i], i))));
        await screen.TallyAsync(t => t.People == 122);

        var known = 0L;
        foreach (var message in screen.TallyMessages)
        {
            var change = message.Deserialize<TallyChange>(JsonSerializerOptions.Web)!;
            Assert.True(message.TryGetProperty("since", out _) && message.GetRawText().Length < 60 * 70);
            Assert.True(known == 0 || change.Since == known);
            Assert.Equal(change.People, change.ByRole.Values.Sum());
            known = change.Version;
            foreach (var c in change.ByClass)
                picture[c.ClassId] = (c.People, c.Families);
        }
        Assert.Equal([classes[0]], Changed(screen.TallyMessages[0]));
        var truth = (await phone.GetFromJsonAsync<Tally>($"/api/events/{e.Code}/tally", Cancellation))!;
        Assert.Equal(truth.Version, known);
        Assert.Equal(truth.ByClass.Select(c => (c.ClassId, (c.People, c.Families))).Order(),
            picture.Select(c => (c.Key, c.Value)).Order());
    }

    [Fact]
    public async Task After_a_change_of_the_event_and_of_few_classes_all_classes_are_told_by_name()
    {
        var (e, classes) = await ManyClassesAsync();
        var few = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        await using var small = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(e.Code);
        await small.WatchAsync(few.Code);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Describe("新的名称", "学校礼堂", [], []));
        await screen.TallyAsync(t => t.ByClass is [{ School: not null }, ..] && t.ByClass.Count == 204);
        await phone.SignAsync(few.Code, Signing.Family(few));

        Assert.Equal(4, (await small.TallyAsync(t => t.People == 2)).ByClass.Count(c => c.School is not null));
        Assert.All(small.TallyMessages, message => Assert.False(message.TryGetProperty("since", out _)));
        await phone.SignAsync(e.Code, FamilyOf(classes[7], 7));
        await screen.TallyAsync(t => t.People == 2);
        Assert.Equal([classes[7]], Changed(screen.TallyMessages[^1]));
    }

    [Fact]
    public async Task Who_asks_for_the_whole_gets_it_compressed_and_the_answer_to_a_signature_is_not()
    {
        var (e, _) = await ManyClassesAsync();
        using var browser = new HttpClient(new SocketsHttpHandler()) { BaseAddress = app.Address };
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");

        foreach (var address in new[] { $"/api/events/{e.Code}/stage", $"/api/events/{e.Code}/tally" })
        {
            using var whole = await browser.GetAsync(address, Cancellation);
            Assert.Equal(["gzip"], whole.Content.Headers.ContentEncoding);
            Assert.True((await whole.Content.ReadAsByteArrayAsync(Cancellation)).Length < 1.5 * MaxBytes);
        }
        using var signed = await browser.SignAsync(e.Code, Signing.Family(e));
        Assert.Empty(signed.Content.Headers.ContentEncoding);
        Assert.Equal(HttpStatusCode.Created, signed.StatusCode);
    }

    private static IEnumerable<int> Changed(JsonElement message) =>
        message.GetProperty("byClass").EnumerateArray().Select(c => c.GetProperty("classId").GetInt32());

    private static JsonObject FamilyOf(int classId, int number) => Signing.Request(
        classId, [Signing.Signer("student", $"王小{(char)('一' + number)}"), Signing.Signer("guardian", "王芳", "mother")],
        guardianConsents: true);

    private async Task<(SeededEvent Event, IReadOnlyList<int> Classes)> ManyClassesAsync()
    {
        var e = await app.SeedEventAsync();
        return (e, await app.SeedFurtherClassesAsync(e, 200));
    }

    private static Tally TallyOf(PublishedEvent e, long version, int changed) => new(e.Code, version, 24_680, 12_340,
        new Dictionary<string, int> { ["student"] = 12_340, ["guardian"] = 12_340, ["teacher"] = 0, ["volunteer"] = 0 },
        [.. e.Classes.Select((c, i) => new ClassTally(c.Id, c.School, "五（1）班", i < changed ? 46 : 44, i < changed ? 23 : 22, c.Expected))],
        DateTimeOffset.UnixEpoch);

    private int BytesOf(object tally) => app.Get<IEnumerable<IHubProtocol>>().Single(protocol => protocol.Name == "json")
        .GetMessageBytes(new InvocationMessage("TallyChanged", [tally])).Length;
}
