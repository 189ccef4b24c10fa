using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>An organizer looks through what was signed: who is one person, what no person signed; and takes it back.</summary>
public abstract partial class ReviewPagesTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_child_whom_two_parents_signed_for_is_listed_as_counted_once_with_both()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "王小明", "李芳", "mother");
        await SignAsync(e, "王小明", "王刚", "father");

        var page = await organizer.ReadAsync(Review(e, "?once=true"));

        foreach (var shown in new[] { "大塘冲小学", "五（1）班", "李芳（妈妈）", "王刚（爸爸）", "和第1位算一个人", "<path d=\"M100 100c" })
            Assert.Contains(shown, page);
        Assert.Contains("没有可能重复的签名", await organizer.ReadAsync(Review(e)));
    }

    [Theory]
    [InlineData("陈思雨", "陈 思雨")]
    [InlineData("吴未来", "吴末来")]
    [InlineData("Anna Li", "ＡＮＮＡ ＬＩ")]
    [InlineData("阿卜杜·克热木", "阿卜杜克热木")]
    [InlineData("陈思雨", "陈思雨")]
    public async Task Names_that_are_likely_one_in_one_class_are_listed_though_both_count(string name, string alike)
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, name, "陈强", "father");
        await SignAsync(e, alike, "陈强", "father");

        var page = await organizer.ReadAsync(Review(e));

        Assert.Contains("待核对1", page);
        Assert.Contains("是同一个人", page);
    }

    [Fact]
    public async Task A_name_that_was_typed_on_a_class_device_is_looked_through_like_one_from_a_phone()
    {
        var (e, organizer) = await BeginAsync();
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await SignAsync(e, "吴未来", "吴强", "father");

        (await phone.SignInClassAsync(secret, "吴末来")).EnsureSuccessStatusCode();

        Assert.Contains("待核对1", await organizer.ReadAsync(Review(e)));
    }

    [Fact]
    public async Task The_same_name_in_two_classes_is_two_people_unless_one_names_no_class()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈思雨", "周丽", "mother", e.OtherPrimary);
        Assert.Contains("待核对0", await organizer.ReadAsync(Review(e)));

        await SignAsync(e, "陈思雨", "周丽", "mother", classId: null);

        var page = await organizer.ReadAsync(Review(e));
        Assert.Contains("待核对1", page);
        Assert.Contains("大塘冲小学 五（2）班 · ", page);
    }

    [Fact]
    public async Task A_name_with_a_character_that_no_typeface_has_is_told_by_its_number_and_code()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        Assert.DoesNotContain("没有字体", await organizer.ReadAsync(Review(e)));

        await SignAsync(e, "陈\U0003134A", "陈强", "father");

        var page = await organizer.ReadAsync(Review(e));
        Assert.Contains("1个姓名里有这里没有字体的字", page);
        Assert.Contains("第3位，大塘冲小学 五（1）班：U+3134A", page);
    }

    [Fact]
    public async Task A_signing_marked_as_invalid_no_longer_counts_until_it_is_restored()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈思雨", "陈强", "father");
        Assert.Contains("陈思雨、陈强的这次签名不再计入：人数从6变为4", await organizer.ReadAsync(Review(e)));

        await DoAsync(organizer, Review(e), "Invalidate");
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
        Assert.Contains("重新计入：人数从4变为6", await organizer.ReadAsync(Review(e)));

        await DoAsync(organizer, Review(e), "Reinstate");
        Assert.Equal(6, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task As_many_as_may_sign_together_are_all_in_the_review()
    {
        var (e, organizer) = await BeginAsync();
        var children = Enumerable.Range(0, Pledge.MaxSigners - 1).Select(i => "陈" + "甲乙丙丁戊己庚辛壬癸"[i]).ToList();
        for (var i = 0; i < 2; i++)
        {
            var request = Signing.Request(e.Primary,
                [.. children.Select(child => Signing.Signer("student", child)), Signing.Signer("guardian", "陈强", "father")],
                guardianConsents: true);
            Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
        }

        Assert.Contains(string.Join('、', [.. children, "陈强"]) + "的这次签名不再计入", await organizer.ReadAsync(Review(e)));
    }

    [Fact]
    public async Task Invalidating_the_signing_that_a_child_counts_with_leaves_the_child_counted()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "王小明", "李芳", "mother");
        await SignAsync(e, "王小明", "王刚", "father");

        // The child still has the father's signing: only the mother leaves the count.
        Assert.Contains("王小明、李芳的这次签名不再计入：人数从3变为2", await organizer.ReadAsync(Review(e, "?once=true")));
        await DoAsync(organizer, Review(e, "?once=true"), "Invalidate");

        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Every_decision_is_listed_with_who_and_when_and_taken_back_from_the_list()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈 思雨", "陈强", "father");
        Assert.Contains("还没有处理过", await organizer.ReadAsync(Review(e, "/acts")));
        await DoAsync(organizer, Review(e), "Merge");

        var page = await organizer.ReadAsync(Review(e, "/acts"));
        foreach (var shown in new[] { "合并为一个人", "陈思雨，第3位", "−1", "老师" })
            Assert.Contains(shown, page);
        Assert.Contains("已经撤销", await DoAsync(organizer, Review(e, "/acts"), handler: null)); // the father's
        Assert.Equal(3, await phone.PeopleAsync(e.Code));
        Assert.Contains("已经撤销", await DoAsync(organizer, Review(e, "/acts"), handler: null));

        Assert.Equal(4, await phone.PeopleAsync(e.Code));
        page = await organizer.ReadAsync(Review(e, "/acts"));
        Assert.Contains("分开为两个人", page);
        Assert.DoesNotContain("name=\"Act\"", page);
    }

    [Fact]
    public async Task Practice_signatures_are_not_looked_through()
    {
        var e = await app.SeedEventAsync(SafetyCampaign.Campaigns.EventState.Rehearsal);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        for (var i = 0; i < 3; i++)
            await SignAsync(e, "陈思雨", "陈强", "father");

        Assert.Contains("没有可能重复的签名", await organizer.ReadAsync(Review(e)));
        Assert.Contains("没有可疑的签名", await organizer.ReadAsync(Review(e, "/suspicious")));
    }

    [Fact]
    public async Task An_observer_with_the_right_to_see_names_reads_and_finds_nothing_to_press()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 3; i++)
            await SignAsync(e, "陈思雨", "陈强", "father");
        await DoAsync(organizer, Review(e), "Merge");
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        Assert.DoesNotContain(Review(e), await observer.ReadAsync($"/organize/events/{e.Code}"));
        await using (var db = app.OpenStore())
        {
            db.NamesGrants.Add(new NamesGrant(await db.Users.OrderBy(o => o.Id).LastAsync(Cancellation),
                await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation), by: 1, DateTimeOffset.UtcNow,
                DateTimeOffset.UtcNow.AddDays(1)));
            await db.SaveChangesAsync(Cancellation);
        }
        Assert.Contains(Review(e), await observer.ReadAsync($"/organize/events/{e.Code}"));

        foreach (var under in new[] { "", "?once=true", "/suspicious", "/acts" })
        {
            var page = await observer.ReadAsync(Review(e, under));
            Assert.DoesNotContain("class=\"decide\"", page);
        }
        Assert.Contains("陈思雨", await observer.ReadAsync(Review(e)));
    }

    [Theory]
    [InlineData("?handler=Merge")]
    [InlineData("?handler=Separate")]
    [InlineData("?handler=Invalidate")]
    [InlineData("?handler=Reinstate")]
    [InlineData("/acts")]
    public async Task A_form_cannot_name_the_pledges_of_another_organization(string form)
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈 思雨", "陈强", "father");
        var token = DeskVisitor.Form(await organizer.ReadAsync(Review(e))).Where(field => field.Name == "__RequestVerificationToken");
        var theirs = await app.SeedEventAsync();
        await SignAsync(theirs, "陈思雨", "陈强", "father");
        await SignAsync(theirs, "陈 思雨", "陈强", "father");
        await using var db = app.OpenStore();
        var places = await db.Pledges.Where(p => p.EventId == theirs.Id && p.Position == 0).OrderBy(p => p.Sequence)
            .Select(p => $"{p.Sequence}").ToListAsync(Cancellation);

        var answer = await organizer.PostAsync(Review(e, form),
            [.. token, ("Pledge", places[1]), ("With", places[0]), ("Request", places[0]), ("Act", places[0])]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(4, await phone.PeopleAsync(theirs.Code));
    }

    [Fact]
    public async Task A_long_list_goes_on_page_by_page()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 21; i++)
            for (var twice = 0; twice < 2; twice++)
                await SignAsync(e, $"学生{i:00}", "陈强", "father");

        var first = await organizer.ReadAsync(Review(e));
        var second = await organizer.ReadAsync(WebUtility.HtmlDecode(Regex.Match(first, "href=\"([^\"]*after=[^\"]*)\"").Groups[1].Value));

        Assert.Equal((20, 1), (Groups(first), Groups(second)));
        Assert.DoesNotContain("下一页", second);

        static int Groups(string page) => Regex.Count(page, "class=\"panel likeness\"");
    }

    private async Task<(SeededEvent Event, DeskVisitor Organizer)> BeginAsync()
    {
        var e = await app.SeedEventAsync();
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private static string Review(SeededEvent e, string under = "") => $"/organize/events/{e.Code}/review{under}";

    /// <summary>Presses the last button of its kind on a page; the page that follows.</summary>
    private static async Task<string> DoAsync(DeskVisitor organizer, string address, string? handler)
    {
        var page = await organizer.ReadAsync(address);
        var action = address.Split('?')[0] + (handler is null ? "" : $"?handler={handler}");
        var form = page[page.LastIndexOf($"action=\"{action}\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var answer = await organizer.PostAsync(action, DeskVisitor.Form("<form method=\"post\"" + form));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await organizer.ReadAsync(answer.Headers.Location!.ToString());
    }

    private Task SignAsync(SeededEvent e, string child, string parent, string relation) => SignAsync(e, child, parent, relation, e.Primary);

    private async Task SignAsync(SeededEvent e, string child, string parent, string relation, int? classId)
    {
        var family = Signing.Family(e, child, parent);
        family["classId"] = classId;
        family.SignerOf(1)["relation"] = relation;
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, family)).StatusCode);
    }

    /// <summary>A teacher opens the page, reads for a while and writes as nobody else does.</summary>
    private static async Task SignAsPersonAsync(HttpClient phone, SeededEvent e, int hand, DateTimeOffset opened)
    {
        var teacher = Signing.Alone("teacher", name: $"老师{hand}");
        teacher["key"] = Guid.CreateVersion7(opened).ToString();
        teacher.SignerOf(0)["signature"] =
            System.Buffers.Text.Base64Url.EncodeToString(Ink.Draw([(100, 100 + hand), (400, 300), (800, 120 + hand)]));
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, teacher)).StatusCode);
    }
}

public sealed class ReviewPagesOnSqliteTests(CampaignApp app) : ReviewPagesTests(app), IClassFixture<CampaignApp>;

public sealed class ReviewPagesOnPostgresTests(PostgresApp app) : ReviewPagesTests(app.Required), IClassFixture<PostgresApp>;
