using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>A family that has lost its receipt: found at the desk by its exact name, then corrected, erased or withdrawn.</summary>
public sealed class LostReceiptTests : IAsyncLifetime
{
    private readonly CapturedLog log = new();
    private readonly CampaignApp app;
    private HttpClient phone = null!;
    private SeededEvent e = null!;
    private DeskVisitor organizer = null!;

    public LostReceiptTests() => app = new CampaignApp { Parts = log.Install };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Search => $"/organize/events/{e.Code}/lost-receipt";

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        phone = app.CreateClient();
        e = await app.SeedEventAsync();
        organizer = await DeskVisitor.SignInAsync(app, e.Organization);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_is_found_by_the_exact_name_of_the_event_and_the_class_masked_until_it_is_opened()
    {
        await phone.SignedAsync(e, "欧阳小明", "欧阳芳");
        await phone.SignedAsync(await app.SeedEventAsync(), "欧阳小明", "欧阳强");
        Assert.Contains("家长丢了回执", await organizer.ReadAsync($"/organize/events/{e.Code}"));

        var found = await FindAsync("欧阳小明");
        Assert.Contains("学生 欧**、家长 欧**", found);
        Assert.DoesNotContain("欧阳芳", found);
        Assert.Single(Opened(found));
        Assert.Single(Opened(await FindAsync("欧阳芳", $"{e.Primary}")));
        foreach (var (name, group) in new[] { ("欧阳小", ""), ("欧阳小明", $"{e.Junior}"), ("欧阳小明", "none"), ("欧阳强", "") })
        {
            var nothing = await FindAsync(name, group);
            Assert.Contains("没有找到。", nothing);
            Assert.Contains("写法要和签名时完全一样", nothing);
            Assert.Empty(Opened(nothing));
        }

        var opened = await organizer.ReadAsync(Opened(found)[0]);
        Assert.Contains("欧阳小明", opened);
        Assert.Contains("由“签名的家长”提出", opened);
        Assert.Contains("<path d=\"M", opened);
    }

    [Fact]
    public async Task Nothing_is_looked_for_before_it_is_said_who_asks_and_for_whom()
    {
        await phone.SignedAsync(e);

        var refused = await DeskVisitor.TextAsync(await organizer.SendAsync(Search, ("Form.Name", "王小明")));
        Assert.Contains("请填写谁提出的", refused);
        Assert.Empty(Opened(refused));
        Assert.Contains("请填写姓名", await DeskVisitor.TextAsync(await organizer.SendAsync(Search, ("Form.Asked", "guardian"))));
        var asked = Opened(await FindAsync("王小明"))[0];
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.GetAsync(asked.Replace("guardian", "somebody"))).StatusCode);
    }

    [Fact]
    public async Task It_is_corrected_as_on_the_receipt_and_wrong_fields_are_told()
    {
        var receipt = await phone.SignedAsync(e);
        var pledge = Opened(await FindAsync("王小明"))[0];
        var form = (await Browser().OpenAsync(pledge)).PostedForms.Single(f => f.Action == pledge);
        WebForm.Type(form.TextFields[0], "王晓明");

        var saved = await Browser().PressAsync(form, form.DefaultButton);

        Assert.Equal(pledge, saved.Address);
        Assert.Contains("更正已保存", saved.Document.Body!.TextContent);
        Assert.Contains("王晓明", WebUtility.HtmlDecode(await phone.GetStringAsync(receipt, Cancellation)));
        var data = await (await phone.GetAsync(receipt + "/data?handler=File", Cancellation)).JsonAsync();
        Assert.True(data["acts"]![0]!["byOrganizer"]!.GetValue<bool>());
        form = saved.PostedForms.Single(f => f.Action == pledge);
        WebForm.Type(form.TextFields[0], "");
        Assert.Contains("请填写姓名", (await Browser().PressAsync(form, form.DefaultButton)).Document.Body!.TextContent);
    }

    [Theory]
    [InlineData("Erase", "个人信息已删除，承诺照样计数", 2)]
    [InlineData("Withdraw", "承诺已撤回", 0)]
    public async Task It_is_erased_or_withdrawn_as_on_the_receipt_and_found_no_more(string act, string said, int people)
    {
        await phone.SignedAsync(e);
        var pledge = Opened(await FindAsync("王小明"))[0];
        var form = (await Browser().OpenAsync(pledge)).PostedForms.Single(f => f.Action == $"{pledge}?handler={act}");

        var done = await Browser().PressAsync(form, form.DefaultButton);

        Assert.Contains(said, done.Document.Body!.TextContent);
        Assert.Equal(people, await phone.PeopleAsync(e.Code));
        Assert.Contains("没有找到。", await FindAsync("王小明"));
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.GetAsync(pledge)).StatusCode);
        await using var db = app.OpenStore();
        var kind = act == "Erase" ? LedgerActKind.Erased : LedgerActKind.Withdrawn;
        Assert.NotNull((await db.Acts.SingleAsync(a => a.Kind == kind, Cancellation)).By);
        Assert.All(await db.Pledges.Select(p => p.Name).ToListAsync(Cancellation), Assert.Null);
    }

    [Fact]
    public async Task An_observer_and_the_organizer_of_another_place_can_do_nothing_of_it()
    {
        await phone.SignedAsync(e);
        var pledge = Opened(await FindAsync("王小明"))[0];
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        var elsewhere = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).Organization);

        Assert.DoesNotContain("家长丢了回执", await observer.ReadAsync($"/organize/events/{e.Code}"));
        foreach (var address in new[] { Search, pledge, $"{pledge}/copy" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync(address)).StatusCode);
        }
        // A pledge of another event is not there either, whatever the number in the address.
        var other = await app.SeedEventAsync();
        await phone.SignedAsync(other, "李小红", "李芳");
        Assert.Equal(HttpStatusCode.Redirect,
            (await organizer.GetAsync(pledge[..(pledge.LastIndexOf('/') + 1)] + "3")).StatusCode);
    }

    [Fact]
    public async Task The_family_takes_its_receipt_along_as_a_code_and_on_paper_and_opens_it_by_itself()
    {
        var receipt = await phone.SignedAsync(e, "欧阳小明", "欧阳芳");
        var pledge = Opened(await FindAsync("欧阳小明"))[0];

        Assert.Contains($"href=\"{pledge}/copy\"", await organizer.ReadAsync(pledge));
        var copy = await organizer.ReadAsync($"{pledge}/copy");

        var address = System.Text.RegularExpressions.Regex.Match(copy, "<p class=\"secret\">(http[^<]+)</p>").Groups[1].Value;
        Assert.EndsWith(receipt, address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(new Uri(receipt, UriKind.Relative), Cancellation)).StatusCode);
        Assert.Contains(new SafetyCampaign.Drawing.QrDrawing(address).Path(), copy);
        foreach (var kept in new[] { "欧阳小明", "欧阳芳", "核验码", "不私自下水游泳", "<path d=\"M" })
            Assert.Contains(kept, copy);
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.ReceiptHandedOut && a.EventCode == e.Code, Cancellation);
        Assert.Equal((AuditReason.LostReceipt, "guardian", 2), (line.Reason, line.Detail, line.Count));
        Assert.DoesNotContain(log.Lines, logged => logged.Contains(receipt["/r/".Length..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_guardian_gets_what_is_kept_of_the_child_and_neither_the_parents_part_nor_the_address()
    {
        var receipt = await phone.SignedAsync(e, "欧阳小明", "欧阳芳");
        var pledge = Opened(await FindAsync("欧阳小明"))[0].Replace("guardian", "otherguardian", StringComparison.Ordinal);

        var copy = await organizer.ReadAsync($"{pledge}/copy");

        Assert.Contains("欧阳小明", copy);
        Assert.DoesNotContain("欧阳芳", copy);
        Assert.DoesNotContain(receipt, copy);
        Assert.Contains("不给另一位监护人", copy);
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        var alone = Opened(await FindAsync("何老师"))[0].Replace("guardian", "otherguardian", StringComparison.Ordinal);
        Assert.DoesNotContain("/copy\"", await organizer.ReadAsync(alone));
        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync($"{alone}/copy")).StatusCode);
    }

    [Fact]
    public async Task Each_step_leaves_a_line_and_none_holds_a_name()
    {
        await phone.SignedAsync(e, "欧阳小明", "欧阳芳");
        var pledge = Opened(await FindAsync("欧阳小明"))[0];
        var form = (await Browser().OpenAsync(pledge)).PostedForms.Single(f => f.Action!.EndsWith("Withdraw", StringComparison.Ordinal));

        await Browser().PressAsync(form, form.DefaultButton);

        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.Where(a => a.EventCode == e.Code && a.Reason == AuditReason.LostReceipt)
            .OrderBy(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Equal( // looked for, opened, withdrawn
            [AuditAction.NamesViewed, AuditAction.NamesViewed, AuditAction.PledgeWithdrawn], lines.Select(a => a.Action));
        Assert.All(lines, a => Assert.Equal(("guardian", 2), (a.Detail, a.Count)));
        Assert.DoesNotContain(log.Lines, line => line.Contains("欧阳", StringComparison.Ordinal)
            || line.Contains(Uri.EscapeDataString("欧阳"), StringComparison.Ordinal));
    }

    private async Task<string> FindAsync(string name, string group = "") => await DeskVisitor.TextAsync(
        await organizer.SendAsync(Search, ("Form.Asked", "guardian"), ("Form.Name", name), ("Form.Class", group)));

    /// <summary>The addresses behind the buttons that open what was found.</summary>
    private List<string> Opened(string page) =>
    [
        .. page.Split("href=\"").Skip(1).Select(part => part[..part.IndexOf('"')])
            .Where(href => href.StartsWith(Search + "/", StringComparison.Ordinal)),
    ];

    private ScriptlessBrowser Browser() => new(organizer.Client);
}
