using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>A child and its guardian who sign with help are one family, whether they sign together or one after the other.</summary>
public sealed class AssistedFamilyTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Child_and_grandmother_who_sign_together_are_one_family_each_with_its_own_ink()
    {
        var (e, desk) = await BeginAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, e, AssistedFields.Family(e))).StatusCode);

        Assert.Contains("签好了：第1位和第2位签名人，孩子和家长算一个家庭", await TextAsync(desk, DeskRoutes.Assisted(e.Code)), StringComparison.Ordinal);
        await using var db = app.OpenStore();
        var rows = await StoredAsync(db, e);
        Assert.Equal(
            [("王小明", SignatureKind.Handwritten, SigningChannel.Assisted), ("王奶奶", SignatureKind.Mark, SigningChannel.Assisted)],
            rows.Select(p => (p.Name!, p.SignatureKind, p.Channel)));
        Assert.Equal(2, await db.Signatures.CountAsync(
            s => s.Sequence == rows[0].Sequence || s.Sequence == rows[1].Sequence, Cancellation));
        Assert.Equal("陈志愿", (await db.Witnesses.SingleAsync(w => w.Sequence == rows[0].Sequence, Cancellation)).Name);
        Assert.Equal(2, (await db.AuditEntries.SingleAsync(
            a => a.EventCode == e.Code && a.Action == AuditAction.AssistedSigned, Cancellation)).Count);
        await AssertFamiliesAsync(desk, e, 1, "\"王小明\",\"王奶奶\",\"奶奶／外婆\",\"\",\"\",\"已完成\"");
    }

    [Fact]
    public async Task Without_a_script_both_give_their_word()
    {
        var (e, desk) = await BeginAsync();

        await SendAsync(desk, e, [.. AssistedFields.Family(e), ("Form.ChildSignature", ""), ("Form.Mark", "")]);

        await using var db = app.OpenStore();
        Assert.All(await StoredAsync(db, e), p => Assert.Equal(SignatureKind.Typed, p.SignatureKind));
        await AssertFamiliesAsync(desk, e, 1, "\"王小明\",\"王奶奶\"");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_guardian_who_comes_later_is_joined_to_the_child_that_is_named(bool byHand)
    {
        var (e, desk) = await BeginAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        foreach (var child in new[] { "王小明", "王小红" })
            await SendAsync(desk, e, AssistedFields.Student(e, child));
        await AssertFamiliesAsync(desk, e, 0, "\"王小明\",\"\",\"\",\"\",\"\",\"只有孩子\"");

        var answer = await SendAsync(desk, e, byHand ? AssistedFields.GuardianByHand(e) : AssistedFields.Guardian(e));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("第3位签名人，和孩子的签名合成一个家庭", await TextAsync(desk, DeskRoutes.Assisted(e.Code)), StringComparison.Ordinal);
        var guardian = byHand ? "王小明的奶奶／外婆" : "王奶奶";
        await AssertFamiliesAsync(desk, e, 1, $"\"王小明\",\"{guardian}\",\"奶奶／外婆\",\"\",\"\",\"已完成\"");
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var coverage = WebUtility.HtmlDecode(await phone.GetStringAsync(new Uri($"/class/{secret}", UriKind.Relative), Cancellation));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(coverage, "class=\"state complete\""));
    }

    [Fact]
    public async Task A_guardian_is_joined_to_a_child_that_signed_in_the_relay_and_signing_again_counts_once()
    {
        var (e, desk) = await BeginAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await phone.SignInClassAsync(secret, "王小明", pupils[0]);

        await SendAsync(desk, e, AssistedFields.Guardian(e));
        await SendAsync(desk, e, AssistedFields.Guardian(e));

        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        await AssertFamiliesAsync(desk, e, 1, "\"王小明\",\"王奶奶\"");
    }

    [Theory]
    [InlineData("Form.Child", "王小朋", "孩子：在这个班没有找到这个孩子的签名")]
    [InlineData("Form.Child", "赵小雨", "孩子：在这个班没有找到这个孩子的签名")] // two have the name
    [InlineData("Form.Child", "王小红", "孩子：在这个班没有找到这个孩子的签名")] // has not signed
    [InlineData("Form.Child", "", "孩子：请填写姓名")]
    [InlineData("Form.GuardianConsent", "false", "孩子的签名要家长同意才能保存")]
    public async Task What_keeps_a_guardian_from_its_child_is_told_and_then_the_guardian_may_sign_alone(
        string field, string value, string line)
    {
        var (e, desk) = await BeginAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "赵小雨"), (4, "赵小雨"));
        foreach (var child in new[] { "王小明", "赵小雨" })
            await SendAsync(desk, e, AssistedFields.Student(e, child));
        Assert.DoesNotContain("Form.WithoutChild", await desk.ReadAsync(DeskRoutes.Assisted(e.Code)), StringComparison.Ordinal);

        var refused = await SendAsync(desk, e, [.. AssistedFields.Guardian(e), (field, value), ("Form.Witness", "")]);

        var page = await DeskVisitor.TextAsync(refused);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains(line, page, StringComparison.Ordinal);
        Assert.Contains("见证人：请填写姓名", page, StringComparison.Ordinal); // with whatever else is wrong
        Assert.Contains("value=\"王奶奶\"", page, StringComparison.Ordinal);
        Assert.Equal(field == "Form.Child", page.Contains("Form.WithoutChild", StringComparison.Ordinal));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));

        var alone = await SendAsync(desk, e, [.. AssistedFields.Guardian(e), (field, value), ("Form.WithoutChild", "true")]);

        Assert.Equal(HttpStatusCode.Redirect, alone.StatusCode);
        Assert.Equal(3, await phone.PeopleAsync(e.Code));
        await AssertFamiliesAsync(desk, e, 0, "\"王小明\",\"\"");
    }

    [Fact]
    public async Task A_class_without_a_list_asks_a_guardian_for_no_child_and_together_they_are_a_family_there_too()
    {
        var (e, desk) = await BeginAsync();
        await SendAsync(desk, e, AssistedFields.Student(e, "王小明"));

        Assert.Equal(HttpStatusCode.Redirect,
            (await SendAsync(desk, e, [.. AssistedFields.Guardian(e), ("Form.Child", ""), ("Form.Name", "李桂兰")])).StatusCode);
        await AssertFamiliesAsync(desk, e, 0, "\"王小明\",\"\"");
        await SendAsync(desk, e, AssistedFields.Family(e));

        Assert.Equal(3, await phone.PeopleAsync(e.Code)); // the child counts once
        await AssertFamiliesAsync(desk, e, 1, "\"王小明\",\"王奶奶\"");
    }

    [Theory]
    [InlineData("Form.GuardianConsent", "false", "孩子的签名要家长同意才能保存")]
    [InlineData("Form.Child", "", "孩子：请填写姓名")]
    [InlineData("Form.ChildSignature", "AQ", "孩子：签名没有读出来")]
    [InlineData("Form.Name", "", "请填写姓名")]
    [InlineData("Form.Relation", "cousin", "请选择与孩子的关系")]
    [InlineData("Form.Class", "", "请选择班级")]
    [InlineData("Form.Willing", "false", "本人愿意再勾选")]
    public async Task A_family_signs_together_or_not_at_all_and_what_is_wrong_is_told_of_whom(string field, string value, string line)
    {
        var (e, desk) = await BeginAsync();

        var refused = await SendAsync(desk, e, [.. AssistedFields.Family(e), (field, value), ("Form.HoldsGuardianConsent", "true")]);

        var page = await DeskVisitor.TextAsync(refused);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("form-errors", page, StringComparison.Ordinal);
        Assert.Contains(line, page, StringComparison.Ordinal);
        if (field != "Form.Child")
            Assert.Contains("value=\"王小明\"", page, StringComparison.Ordinal);
        if (field != "Form.ChildSignature")
            Assert.Contains($"name=\"Form.ChildSignature\" value=\"{Ink.Signature}\"", page, StringComparison.Ordinal);
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    private async Task AssertFamiliesAsync(DeskVisitor desk, SeededEvent e, int families, string row)
    {
        var tally = await phone.GetFromJsonAsync<JsonObject>($"/api/events/{e.Code}/tally", Cancellation);
        Assert.Equal(families, (int)tally!["families"]!);
        var list = await TextAsync(desk, $"/organize/events/{e.Code}/records/families.csv");
        Assert.Contains(row, list, StringComparison.Ordinal);
        Assert.Equal(families, list.Split("已完成").Length - 1);
    }

    private async Task<(SeededEvent Event, DeskVisitor Desk)> BeginAsync()
    {
        var e = await app.SeedEventAsync();
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private static Task<List<Pledge>> StoredAsync(CampaignDb db, SeededEvent e) =>
        db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).ToListAsync(Cancellation);

    private static Task<HttpResponseMessage> SendAsync(DeskVisitor desk, SeededEvent e, (string Name, string? Value)[] fields) =>
        desk.SendAsync(DeskRoutes.Assisted(e.Code), fields);

    private static async Task<string> TextAsync(DeskVisitor desk, string address) =>
        WebUtility.HtmlDecode(await desk.ReadAsync(address));
}

/// <summary>The form of the page on which somebody signs with help, filled in.</summary>
internal static class AssistedFields
{
    public static (string Name, string? Value)[] Family(SeededEvent e) =>
        [.. Guardian(e), ("Form.Party", "Family"), ("Form.ChildSignature", Ink.Signature), ("Form.Mark", Ink.Signature)];

    public static (string Name, string? Value)[] Guardian(SeededEvent e) =>
    [
        .. Any(e), ("Form.Party", "Guardian"), ("Form.Child", "王小明"), ("Form.Name", "王奶奶"), ("Form.Relation", "grandmother"),
        ("Form.GuardianConsent", "true"),
    ];

    public static (string Name, string? Value)[] GuardianByHand(SeededEvent e) =>
        [.. Guardian(e), ("Form.Name", ""), ("Form.HandwrittenName", "true"), ("Form.Handwriting", Ink.Signature)];

    public static (string Name, string? Value)[] Student(SeededEvent e, string name) =>
        [.. Any(e), ("Form.Party", "Student"), ("Form.Name", name), ("Form.HoldsGuardianConsent", "true")];

    private static (string Name, string? Value)[] Any(SeededEvent e) =>
        [("Form.Class", $"{e.Primary}"), ("Form.Witness", "陈志愿"), ("Form.Willing", "true")];
}
