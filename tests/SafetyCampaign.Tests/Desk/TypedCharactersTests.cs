using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Desk;

/// <summary>One rule for whatever is typed, on every page of every room (see AllowedCharacters).</summary>
public sealed class TypedCharactersTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    /// <summary>A right-to-left override, a zero-width space, an emoji.</summary>
    private static readonly string[] Refused = ["\u202E", "\u200B", "\U0001F388"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_form_takes_a_character_that_nobody_sees_or_an_emoji()
    {
        var wrong = new List<string>();
        var tried = new HashSet<(string Route, string Action, string Field)>();
        foreach (var stage in new[] { EventStage.Draft, EventStage.Open })
        {
            var pages = await PagesWithForms.SeedAsync(app, stage);
            foreach (var page in await pages.FindAsync())
                wrong.AddRange(await TypeIntoAsync(pages, page, tried));
        }
        Assert.True(tried.Count > 30);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal([], await StoredWithAsync(Refused));
    }

    [Fact]
    public async Task An_account_named_before_the_rule_still_signs_in_and_may_be_changed()
    {
        await using var older = new CampaignApp(); // whose store may hold such a name
        await older.InitializeAsync();
        var organization = (await older.SeedEventAsync()).District;
        var id = await DeskVisitor.AddAccountAsync(older, "气球老师", organization);
        await using (var db = older.OpenStore())
            await db.Users.Where(o => o.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(o => o.UserName, "气球🎈").SetProperty(o => o.NormalizedUserName, "气球🎈"), Cancellation);
        var administrator = await DeskVisitor.SignInAsync(older, organization, OrganizerRole.Administrator);

        Assert.Equal(HttpStatusCode.Redirect, (await new DeskVisitor(older.CreateClient()).SignInAsync("气球🎈")).StatusCode);
        var address = $"/organize/accounts/{id.ToString(CultureInfo.InvariantCulture)}";
        Assert.Equal(HttpStatusCode.Redirect,
            (await administrator.SendAsync(address + "?handler=Unlock")).StatusCode);
    }

    /// <summary>Into each of the page's text fields in turn one of the characters, with everything else as it came.</summary>
    private static async Task<List<string>> TypeIntoAsync(
        PagesWithForms pages, PageAddress page, HashSet<(string Route, string Action, string Field)> tried)
    {
        var wrong = new List<string>();
        var (browser, address) = (pages.BrowserFor(page.Route), pages.AddressOf(page));
        var opened = await browser.OpenAsync(address);
        foreach (var form in opened.PostedForms)
            foreach (var field in form.TextFields.Where(field => field.GetAttribute("name") is { Length: > 0 }))
            {
                // Of rows alike, the first.
                var name = string.Concat(field.GetAttribute("name")!.Select(c => char.IsAsciiDigit(c) ? '0' : c));
                if (!tried.Add((page.Route, HandlerOf(form), name)))
                    continue;
                var (was, character) = (WebForm.TextOf(field), Refused[tried.Count % Refused.Length]);
                WebForm.Type(field, $"平{character}安");
                var answer = await browser.PressAsync(form, form.DefaultButton);
                WebForm.Type(field, was);
                // The tag of a translation is read only where "another language" is chosen before it. From the name of a signer
                // and of a pupil what nobody sees is taken out (PersonNameTests).
                var isRead = !name.EndsWith(".Tag", StringComparison.Ordinal)
                    && !(IsPersonName(name) && character.Length == 1);
                if ((int)answer.Status >= 500 || (isRead && (answer.Redirected || answer.Trouble == "")))
                    wrong.Add($"{page.Route} {page.Query}: {name} takes U+{char.ConvertToUtf32(character, 0):X4} ({answer.Status})");
            }
        return wrong;
    }

    private static bool IsPersonName(string field) =>
        field.EndsWith("].Name", StringComparison.Ordinal) || field.StartsWith("Names[", StringComparison.Ordinal) || field == "NewName";

    private static string HandlerOf(WebForm form) => form.AddressOf(null).Split('?') is [_, var query] ? query : "";

    /// <summary>The columns of the store that hold one of them, as it is or escaped as in JSON.</summary>
    private async Task<List<string>> StoredWithAsync(string[] characters)
    {
        await using var db = app.OpenStore();
        var found = new List<string>();
        var columns = await db.Database.SqlQueryRaw<string>(
            "SELECT m.name || '.' || c.name AS Value FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'")
            .ToListAsync(Cancellation);
        foreach (var column in columns.Select(column => column.Split('.')))
            foreach (var character in characters)
            {
                var escaped = string.Concat(character.Select(c => $@"\u{(int)c:X4}"));
                var query = $"SELECT COUNT(*) AS Value FROM \"{column[0]}\" "
                    + $"WHERE instr(\"{column[1]}\", {{0}}) > 0 OR instr(\"{column[1]}\", {{1}}) > 0";
                if (await db.Database.SqlQueryRaw<int>(query, character, escaped).SingleAsync(Cancellation) > 0)
                    found.Add($"{column[0]}.{column[1]} holds {escaped}");
            }
        return found;
    }
}
