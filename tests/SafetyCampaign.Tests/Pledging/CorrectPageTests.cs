using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>Whoever mistyped a name or chose a wrong class sets it right, by the rules of signing.</summary>
public sealed class CorrectPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_form_holds_what_was_signed()
    {
        var e = await app.SeedEventAsync();

        var page = await ReadAsync(await phone.SignedAsync(e) + "/correct");

        foreach (var held in new[] { "value=\"王小明\"", "value=\"王芳\"", $"value=\"{e.Primary}\" selected", "value=\"Mother\" selected" })
            Assert.Contains(held, page);
    }

    [Fact]
    public async Task A_corrected_name_stands_on_the_receipt_and_says_when()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        var answer = await CorrectAsync(receipt, ("Signers[0].Name", " 王晓明　"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(receipt, answer.Headers.Location!.ToString());
        var page = await ReadAsync(receipt);
        Assert.Contains("<strong>王晓明</strong>", page);
        Assert.DoesNotContain("王小明", page);
        Assert.Contains("更正过", page);
        Assert.Contains("更正 · 本人", await ReadAsync(receipt + "/data"));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task With_the_class_the_child_and_the_guardian_move_and_the_signatures_stay()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        await CorrectAsync(receipt, ("Signers[0].Class", $"{e.Junior}"));

        var page = await ReadAsync(receipt);
        Assert.Contains("大塘冲中学 七（3）班", page);
        Assert.Contains("<path d=\"M100 100c", page);
        var tally = await (await phone.GetAsync($"/api/events/{e.Code}/tally", Cancellation)).JsonAsync();
        Assert.Equal(2, tally["byClass"]!.AsArray().Single(c => c!["classId"]!.GetValue<int>() == e.Junior)!["people"]!.GetValue<int>());
    }

    [Fact]
    public async Task Nothing_changed_is_no_correction()
    {
        var receipt = await phone.SignedAsync(await app.SeedEventAsync());

        var answer = await CorrectAsync(receipt);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.DoesNotContain("更正过", await ReadAsync(receipt));
    }

    [Theory]
    [InlineData("Signers[0].Name", "", "请填写姓名。")]
    [InlineData("Signers[0].Name", "王小明😀", "姓名里有不能用的符号，请只写姓名。")]
    [InlineData("Signers[1].Relation", "Neighbour", "请选择与孩子的关系。")]
    [InlineData("Signers[1].Relation", "17", "请选择与孩子的关系。")]
    [InlineData("Signers[0].Class", "", "请选择班级；不在其中就选“不在以上班级”。")]
    [InlineData("Signers[0].Class", "999999", "这个班级不在本次活动中，请重新选择。")]
    public async Task What_signing_would_refuse_is_named_at_its_field_and_the_rest_is_kept(string field, string typed, string line)
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        var answer = await CorrectAsync(receipt, ("Signers[1].Name", "王芳芳"), (field, typed));

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"id=\"Form_{field.Replace('[', '_').Replace(']', '_').Replace('.', '_')}-error\">{line}</span>", page);
        Assert.Contains("value=\"王芳芳\"", page);
        Assert.Contains("王小明", await ReadAsync(receipt));
    }

    [Fact]
    public async Task A_student_who_signed_alone_cannot_move_to_a_class_that_needs_a_guardian()
    {
        var e = await app.SeedEventAsync();
        var signed = await (await phone.SignAsync(e.Code, Signing.Alone("student", e.Senior, "赵一"))).JsonAsync();

        var answer = await CorrectAsync($"/r/{signed["receipt"]}", ("Signers[0].Class", $"{e.Primary}"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("要和家长一起签", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Each_of_two_children_has_a_class_of_its_own()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Request(e.Primary, [Signing.Signer("student", "王小明"), Signing.Signer("student", "王小红"),
            Signing.Signer("guardian", "王芳", "mother")], guardianConsents: true);
        var receipt = $"/r/{(await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]}";

        await CorrectAsync(receipt, ("Signers[1].Class", $"{e.Junior}"));

        var page = await ReadAsync(receipt);
        Assert.Contains("大塘冲小学 五（1）班", page);
        Assert.Contains("大塘冲中学 七（3）班", page);
    }

    [Fact]
    public async Task A_teacher_is_asked_for_no_class_and_a_guardian_alone_is()
    {
        var e = await app.SeedEventAsync();
        var teacher = await (await phone.SignAsync(e.Code, Signing.Alone("teacher"))).JsonAsync();
        var guardian = await (await phone.SignAsync(e.Code, Signing.Alone("guardian", e.Primary, "王芳"))).JsonAsync();

        Assert.DoesNotContain(">班级</label>", await ReadAsync($"/r/{teacher["receipt"]}/correct"));
        Assert.Contains(">班级</label>", await ReadAsync($"/r/{guardian["receipt"]}/correct"));
    }

    [Fact]
    public async Task A_guessed_address_corrects_nothing()
    {
        var receipt = await phone.SignedAsync(await app.SeedEventAsync());
        var guessed = receipt[..^1] + (receipt[^1] == 'A' ? 'B' : 'A');

        var answer = await phone.PostAsync(guessed + "/correct",
            new FormUrlEncodedContent([KeyValuePair.Create("Form.Signers[0].Name", "别人")]), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("王小明", await ReadAsync(receipt));
    }

    [Fact]
    public async Task A_body_that_is_no_form_changes_nothing()
    {
        var receipt = await phone.SignedAsync(await app.SeedEventAsync());

        var answer = await phone.PostAsync(receipt + "/correct", new StringContent("{}"), Cancellation);

        Assert.True((int)answer.StatusCode < 500);
        Assert.Contains("王小明", await ReadAsync(receipt));
    }

    [Fact]
    public async Task While_nothing_can_be_written_the_form_comes_back_as_it_was_typed()
    {
        await using var failing = new CampaignApp();
        await failing.InitializeAsync();
        using var there = failing.CreateClient();
        var receipt = await there.SignedAsync(await failing.SeedEventAsync());
        await using var db = failing.OpenStore();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER full BEFORE UPDATE ON pledges BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END", Cancellation);

        var answer = await CorrectAsync(there, receipt, ("Signers[0].Name", "王晓明"));

        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("什么都没有变", page);
        Assert.Contains("value=\"王晓明\"", page);
    }

    [Fact]
    public async Task A_phone_that_corrects_again_and_again_is_asked_to_wait()
    {
        await using var limited = new CampaignApp { Limits = true, Parts = FromAddress.Install };
        await limited.InitializeAsync();
        using var there = limited.CreateClient().From("203.0.113.7");
        var receipt = await there.SignedAsync(await limited.SeedEventAsync());

        HttpStatusCode last;
        var tries = 0;
        do
            last = (await there.PostAsync(receipt + "/correct", new FormUrlEncodedContent([]), Cancellation)).StatusCode;
        while (last != HttpStatusCode.TooManyRequests && ++tries < 100);

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    private Task<string> ReadAsync(string address) => phone.GetStringAsync(address, Cancellation);

    private Task<HttpResponseMessage> CorrectAsync(string receipt, params (string Field, string Value)[] changed) =>
        CorrectAsync(phone, receipt, changed);

    /// <summary>Sends the form as it stands, but for what is changed.</summary>
    private static async Task<HttpResponseMessage> CorrectAsync(HttpClient phone, string receipt,
        params (string Field, string Value)[] changed)
    {
        var fields = DeskVisitor.Form(WebUtility.HtmlDecode(await phone.GetStringAsync(receipt + "/correct", Cancellation)))
            .ToDictionary(field => field.Name, field => field.Value ?? "");
        foreach (var (field, value) in changed)
            fields[$"Form.{field}"] = value;
        return await phone.PostAsync(receipt + "/correct", new FormUrlEncodedContent(fields), Cancellation);
    }
}
