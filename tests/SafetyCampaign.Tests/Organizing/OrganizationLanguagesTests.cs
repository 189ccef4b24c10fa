using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>The names of organizations in further languages, as the desk edits them and everybody reads them.</summary>
public abstract class OrganizationLanguagesTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_name_typed_beside_the_original_is_read_in_english_on_the_desk_the_phone_the_poster_and_the_tally()
    {
        var e = await app.SeedEventAsync();
        var (community, school) = ($"/organize/organizations/{e.Organization}", await SchoolPageAsync(e));
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        await TranslateAsync(administrator, community, "Datangchong Community");
        await TranslateAsync(administrator, school, "Datangchong Primary School");

        Assert.Contains("value=\"Datangchong Community\" lang=\"en\"", await administrator.ReadAsync(community));
        var english = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator, "en");
        foreach (var page in new[] { "/organize/organizations", community, school, "/organize", $"/organize/events/{e.Code}",
            $"/organize/events/{e.Code}/classes", $"/organize/events/{e.Code}/coverage", $"/organize/events/{e.Code}/poster",
            "/organize/rollup" })
        {
            Assert.Contains("Datangchong", await english.ReadAsync(page));
            Assert.DoesNotContain("Datangchong", (await administrator.ReadAsync(page)).Replace("value=\"Datangchong", ""));
        }
        using var phone = app.CreateClient("en");
        var facts = await phone.GetFromJsonAsync<JsonElement>($"/api/events/{e.Code}", Cancellation);
        Assert.Contains("Datangchong Primary School",
            facts.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("school").GetString()));
        Assert.Contains("Datangchong", await phone.GetStringAsync($"/e/{e.Code}", Cancellation));
        Assert.Contains("Datangchong Primary School", await phone.GetStringAsync($"/display/{e.Code}", Cancellation));
        Assert.DoesNotContain("Datangchong", await app.CreateClient().GetStringAsync($"/e/{e.Code}", Cancellation));
    }

    [Fact]
    public async Task It_is_found_by_its_english_name_and_a_new_name_has_none_but_what_is_typed_with_it()
    {
        var e = await app.SeedEventAsync();
        var page = $"/organize/organizations/{e.Organization}";
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await TranslateAsync(administrator, page, "Riverside Community");

        Assert.Contains(e.Code, await administrator.ReadAsync("/organize?search=riverSIDE"));
        await administrator.PostAsync($"{page}?handler=Rename", [.. await FormAsync(administrator, page), ("Name", "建宁社区"),
            ("Kind", "Community"), ("Names[0].Language", "en"), ("Names[0].Name", "")]);

        await using var db = app.OpenStore();
        Assert.Empty((await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation)).Translations);
    }

    [Fact]
    public async Task What_does_not_fit_is_said_at_its_field_and_kept_and_the_second_of_two_tabs_is_told()
    {
        var e = await app.SeedEventAsync();
        var page = $"/organize/organizations/{e.Organization}";
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        var opened = await FormAsync(administrator, page);
        var tooLong = new string('x', Organization.NameMaxLength + 1);

        Assert.Contains($"value=\"{tooLong}\"", await SendAsync(administrator, page, opened, tooLong));
        await TranslateAsync(administrator, page, "First");
        var second = await SendAsync(administrator, page, opened, "Second");

        Assert.Contains("别人刚保存过这里", second);
        Assert.Contains("value=\"Second\"", second);
        await using var db = app.OpenStore();
        var stored = (await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation)).Translations;
        Assert.Equal(("en", "First"), (Assert.Single(stored).Language, stored[0].Name));
    }

    private static async Task TranslateAsync(DeskVisitor administrator, string page, string name)
    {
        var form = await FormAsync(administrator, page);
        var answer = await administrator.PostAsync($"{page}?handler=Rename", [.. form, ("Name", await NameAsync(administrator, page)),
            ("Names[0].Language", "en"), ("Names[0].Name", name)]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<string> SendAsync(
        DeskVisitor administrator, string page, IEnumerable<(string, string?)> form, string name) =>
        await DeskVisitor.TextAsync(await administrator.PostAsync($"{page}?handler=Rename", [.. form,
            ("Name", await NameAsync(administrator, page)), ("Names[0].Language", "en"), ("Names[0].Name", name)]));

    private static async Task<string> NameAsync(DeskVisitor administrator, string page)
    {
        var text = await administrator.ReadAsync(page);
        var heading = text[(text.IndexOf("<h1>", StringComparison.Ordinal) + 4)..];
        return heading[..heading.IndexOf("</h1>", StringComparison.Ordinal)];
    }

    private async Task<string> SchoolPageAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return $"/organize/organizations/{(await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId}";
    }

    private static async Task<IEnumerable<(string, string?)>> FormAsync(DeskVisitor visitor, string page)
    {
        var text = await visitor.ReadAsync(page);
        var rename = text[text.IndexOf("?handler=Rename", StringComparison.Ordinal)..];
        return DeskVisitor.Form("<form method=\"post\"" + rename[..rename.IndexOf("</form>", StringComparison.Ordinal)])
            .Where(field => field.Name is "__RequestVerificationToken" or "SeenRevision");
    }
}

public sealed class OrganizationLanguagesOnSqliteTests(CampaignApp app) : OrganizationLanguagesTests(app), IClassFixture<CampaignApp>;

public sealed class OrganizationLanguagesOnPostgresTests(PostgresApp app) : OrganizationLanguagesTests(app.Required),
    IClassFixture<PostgresApp>;
