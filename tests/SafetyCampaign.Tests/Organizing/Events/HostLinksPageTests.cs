using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Letting a helper host the event, and ending it.</summary>
public sealed partial class HostLinksPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Fact]
    public async Task A_new_link_is_shown_once_with_a_code_to_scan_and_only_its_hash_is_kept()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var page = $"/organize/events/{e.Code}/hosts";

        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync($"{page}?handler=New")).StatusCode);
        var made = await desk.ReadAsync(page);

        var secret = Link().Match(made).Groups[1].Value;
        Assert.Equal(32, secret.Length);
        Assert.Contains("<svg class=\"qr\"", made);
        Assert.Contains("有效", made);
        Assert.DoesNotContain(secret, await desk.ReadAsync(page));
        await using var db = app.OpenStore();
        Assert.DoesNotContain(db.HostLinks.Select(link => link.SecretHash), hash => hash.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_says_who_made_a_link_and_when_it_was_revoked()
    {
        var e = await app.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(app, $"刘老师{e.Code}", e.Organization);
        var desk = new DeskVisitor(app.CreateClient());
        await desk.SignInAsync($"刘老师{e.Code}");
        var page = $"/organize/events/{e.Code}/hosts";
        await desk.SendAsync($"{page}?handler=New");

        Assert.Contains($"刘老师{e.Code}", await desk.ReadAsync(page));
        Assert.Contains("有效的主持链接：1", await desk.ReadAsync($"/organize/events/{e.Code}"));
        var id = Revoke().Match(await desk.ReadAsync(page)).Groups[1].Value;
        Assert.Contains("收回后恢复不了", await desk.ReadAsync(page)); // asked before the button is there
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync($"{page}?handler=Revoke", ("link", id))).StatusCode);

        Assert.Contains("已于", await desk.ReadAsync(page));
        Assert.DoesNotContain("有效的主持链接", await desk.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task The_page_says_until_when_a_link_works_and_hands_out_none_that_would_not()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero));
        await using var summer = new CampaignApp { Clock = clock };
        await summer.InitializeAsync();
        var e = await summer.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(summer, e.Organization);
        var page = $"/organize/events/{e.Code}/hosts";
        await desk.SendAsync($"{page}?handler=New");

        var shown = await desk.ReadAsync(page);
        Assert.Contains("有效到2026年7月17日 24:00", shown);
        Assert.Contains("有效，到2026年7月17日 24:00为止", shown);

        clock.SetUtcNow(new DateTimeOffset(2026, 7, 17, 16, 0, 0, TimeSpan.Zero));
        desk = await DeskVisitor.SignInAsync(summer, e.Organization);
        var over = await desk.ReadAsync(page);
        Assert.Contains("已于2026年7月17日 24:00过期", over);
        Assert.DoesNotContain("新建主持链接", over);
        Assert.DoesNotContain("有效的主持链接", await desk.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task A_link_has_the_name_that_was_typed_and_one_that_is_too_long_comes_back()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var page = $"/organize/events/{e.Code}/hosts";
        await desk.SendAsync($"{page}?handler=New"); // without a name
        var token = DeskVisitor.Form(await desk.ReadAsync(page)).First(field => field.Name == "__RequestVerificationToken");

        var tooLong = new string('长', HostLink.LabelMaxLength + 1);
        var refused = await DeskVisitor.TextAsync(await desk.PostAsync($"{page}?handler=New", [token, ("Form.Label", tooLong)]));
        Assert.Contains("给谁用最多30个字，现在有31个", refused);
        Assert.Contains($"value=\"{tooLong}\"", refused);
        await desk.PostAsync($"{page}?handler=New", [token, ("Form.Label", " 刘老师 ")]);

        var shown = await desk.ReadAsync(page);
        Assert.Contains("<th scope=\"row\">刘老师</th>", shown);
        Assert.Matches("<th scope=\"row\">第\\d+号链接</th>", shown);
        Assert.Matches("data-copy=\"host-link-address\"[^>]* hidden", shown); // until the script is there
    }

    [Fact]
    public async Task A_link_of_another_event_cannot_be_revoked_from_here()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var theirs = await DeskVisitor.SignInAsync(app, other.Organization);
        await theirs.SendAsync($"/organize/events/{other.Code}/hosts?handler=New");
        var id = Revoke().Match(await theirs.ReadAsync($"/organize/events/{other.Code}/hosts")).Groups[1].Value;
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        await desk.SendAsync($"/organize/events/{e.Code}/hosts?handler=Revoke", ("link", id));

        Assert.Contains("有效", await theirs.ReadAsync($"/organize/events/{other.Code}/hosts"));
    }

    [Fact]
    public async Task Whether_the_stage_may_show_names_is_settled_with_the_facts_of_the_event()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var facts = $"/organize/events/{e.Code}/facts";
        Assert.DoesNotContain("由主持人逐个通过", await desk.ReadAsync($"/organize/events/{e.Code}"));

        await desk.SendAsync(facts, ("Form.ShowsNames", "true"));

        Assert.Contains("由主持人逐个通过", await desk.ReadAsync($"/organize/events/{e.Code}"));
    }

    [GeneratedRegex("/host/[0-9A-Z]{6}/([0-9a-f]+)<")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"link\" value=\"(\\d+)\"")]
    private static partial Regex Revoke();
}
