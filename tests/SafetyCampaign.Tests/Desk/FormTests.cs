using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.SetUp;

namespace SafetyCampaign.Tests.Desk;

/// <summary>Every form goes to an address of its own, whatever was pressed before; and what is saved is what was on the screen.</summary>
public sealed partial class FormTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const int Steps = 12;

    /// <summary>
    /// Without one the tag helper writes the address of the request, query string and handler included, so that after a
    /// button with a handler the form goes to that handler for ever. With one it leaves out the token, unless told.
    /// </summary>
    [Fact]
    public void Every_form_that_posts_says_where_it_goes_and_whether_it_carries_a_token() => Assert.Empty(
        from file in Source.Files(".cshtml")
        from Match form in PostedForm().Matches(file.Text)
        where !form.Value.Contains(" action=\"", StringComparison.Ordinal)
            || !form.Value.Contains(" asp-antiforgery=\"", StringComparison.Ordinal)
        select $"{file.Path}: {form.Value}");

    /// <summary>Else the tests below would not have tried it.</summary>
    [Fact]
    public async Task Every_handler_of_a_page_is_some_forms_or_buttons()
    {
        var found = new HashSet<(string Route, string Handler)>();
        foreach (var stage in Enum.GetValues<EventStage>())
        {
            var pages = await PagesWithForms.SeedAsync(app, stage);
            var addresses = await pages.FindAsync();
            var routes = addresses.Where(page => page.Query == "").ToDictionary(pages.AddressOf, page => page.Route);
            foreach (var page in addresses)
                foreach (var form in (await pages.BrowserFor(page.Route).OpenAsync(pages.AddressOf(page))).PostedForms)
                    foreach (var to in form.Pressable.Select(form.AddressOf).Where(to => routes.ContainsKey(Path(to))))
                        found.Add((routes[Path(to)], HandlerOf(to)));
        }
        var setUp = DeskRoutes.SetUpPattern;
        // On the page only once something else has happened, or by script: AccountPagesTests, NamesGrantsPageTests, ClockCheckTests,
        // ConsentTests, ArchivedEventsTests, IdentityProviderTests, OrganizationPagesTests, SecondFactorTests, SecondStepTests,
        // PasskeyJourneys, ReviewPagesTests, RosterPageTests, BookPdfTests, SheetPagesTests,
        // SlipsPageTests, EventPrintTests, SchoolClassPageTests, ClassPartingTests, ApiTokensTests and WeeklyExportsTests press
        // them. The form of a slip posts to the event's page.
        (string, string)[] later =
        [
            (DeskRoutes.NamesGrantsPattern, "Revoke"), (DeskRoutes.Clock, ""), ("/r/{receipt}", "HideName"),
            (DeskRoutes.AccountPattern, "Subject"), (DeskRoutes.OrganizationPattern, "Restore"),
            (DeskRoutes.SecondFactor, "Remove"), (DeskRoutes.SecondFactor, "Codes"),
            (DeskRoutes.SecondFactor, "RemovePasskey"), (DeskRoutes.SecondFactor, "PasskeyOptions"),
            (DeskRoutes.SecondFactor, "AddPasskey"), (DeskRoutes.SecondStep, ""), (DeskRoutes.SecondStep, "Recovery"),
            (DeskRoutes.PasskeySignIn, ""), (DeskRoutes.PasskeySignIn, "Options"),
            (DeskRoutes.SuspiciousPattern, "Suspect"), (DeskRoutes.ArchiveEventPattern, "Restore"),
            (DeskRoutes.AccountPattern, "ShowPassword"),
            (DeskRoutes.RosterPattern, "Preview"), (DeskRoutes.RosterPattern, "Import"), (DeskRoutes.PledgeBookPattern, ""),
            (DeskRoutes.EventPrintPattern, "Sheets"), (DeskRoutes.EventPrintPattern, "Slips"),
            ("/s/{slip}", ""), (DeskRoutes.EventSlipsPattern, "Replace"), (DeskRoutes.EventSlipsPattern, "Revoke"),
            (DeskRoutes.SchoolClassPattern, "Merge"), (DeskRoutes.SchoolClassPattern, "Part"),
            (DeskRoutes.ClassSheetsPattern, ""), (DeskRoutes.ClassSheetsPattern, "Assign"), (DeskRoutes.ClassSheetsPattern, "Remove"),
            (DeskRoutes.ClassSheetsPattern, "Undo"), ("/class/{secret}/sheets", ""), ("/class/{secret}/sheets", "Assign"),
            ("/class/{secret}/sheets", "Remove"), (DeskRoutes.Tokens, "Revoke"), (DeskRoutes.Exports, "Send"),
            (DeskRoutes.Exports, "Revoke"),
        ];
        var expected = PagesWithForms.RoutesOf(app)
            .Where(page => page.Route != setUp && !page.Route.StartsWith("/host/", StringComparison.Ordinal))
            .SelectMany(page => page.Handlers.Select(handler => (page.Route, handler)));

        Assert.Empty(expected.Except(found).Except(later));
    }

    [Fact]
    public async Task The_first_administrator_is_made_after_a_refused_form_too()
    {
        await using var fresh = new CampaignApp();
        await fresh.InitializeAsync();
        var browser = new ScriptlessBrowser(fresh.CreateClient());
        var form = Assert.Single(
            (await browser.OpenAsync((await fresh.Get<SetUpInvitation>().PathAsync(TestContext.Current.CancellationToken))!)).PostedForms);
        Fill(form, ("Organization", "大塘冲社区"), ("Name", "王老师"), ("Password", "short"), ("Repeated", "short"));

        form = Assert.Single((await browser.PressAsync(form, form.DefaultButton)).PostedForms);
        Fill(form, ("Password", DeskVisitor.Password), ("Repeated", DeskVisitor.Password));
        var saved = await browser.PressAsync(form, form.DefaultButton);

        Assert.Equal((DeskRoutes.Home, HttpStatusCode.OK), (saved.Path, saved.Status));
    }

    /// <summary>Presses each button of each form; then the page that follows has the forms of a page that was just opened.</summary>
    [Fact]
    public async Task Whatever_was_pressed_the_forms_go_where_they_went_before()
    {
        var wrong = new List<string>();
        var tried = new HashSet<string>();
        foreach (var stage in Enum.GetValues<EventStage>())
        {
            // The same button at another stage is the same button.
            var places = (await FindAsync(stage, form => form.Pressable))
                .Where(place => tried.Add($"{place.Page.Route} {place.Page.Filling} {place.Page.Query} {place.Name} {place.Button}"));
            wrong.AddRange(await TryAsync(stage, places, async (browser, address, place, form) =>
            {
                var found = new List<string>();
                var answer = await browser.PressAsync(form, form.Pressable[place.Button]);
                if ((int)answer.Status >= 500 || (answer.Status == HttpStatusCode.BadRequest && answer.PostedForms.Count == 0))
                    found.Add($"{place} is answered {answer.Status}");
                if (answer.Path != Path(address))
                    return found;
                var opened = await browser.OpenAsync(address);
                if (opened.Path == answer.Path && !Actions(opened).SequenceEqual(Actions(answer)))
                    found.Add($"{place}: {string.Join(' ', Actions(answer))} instead of {string.Join(' ', Actions(opened))}");
                // Loading it again, or coming to it from the address bar, does nothing that was not asked for.
                if (!answer.Redirected && HandlerOf(answer.Address) is { Length: > 0 }
                    && form.OwnButtons.Contains(form.Pressable[place.Button]) && answer.Trouble == "")
                    found.Add($"{place} does something and leaves its address to be loaded again: {answer.Address}");
                return found;
            }));
        }
        Nothing(wrong);

        static IEnumerable<string?> Actions(WebPage page) => page.PostedForms.Select(form => form.Action).Distinct();
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Enter_in_a_field_does_what_the_forms_own_button_does(EventStage stage)
    {
        var pages = await PagesWithForms.SeedAsync(app, stage);
        var wrong = new List<string>();
        var tried = 0;
        foreach (var page in await pages.FindAsync())
            foreach (var form in (await pages.BrowserFor(page.Route)
                .OpenAsync(pages.AddressOf(page))).PostedForms.Where(form => form.HasTextField))
            {
                tried++;
                // One that is disabled makes Enter do nothing (HTML, 4.10.21.2), as on the phone page.
                if (form.DefaultButton is not { } pressed || (!form.OwnButtons.Contains(pressed) && !pressed.HasAttribute("disabled"))
                    || pressed.GetAttribute("name") is not (null or "Form.Wording"))
                    wrong.Add($"{pages.AddressOf(page)}: {form.DefaultButton?.OuterHtml}");
            }
        Assert.True(tried > 5);
        Nothing(wrong);
    }

    /// <summary>Types into the fields, presses a button, then saves: what is stored then is what was on the screen.</summary>
    [Theory]
    [MemberData(nameof(Stages))]
    public async Task After_any_button_in_a_form_saving_stores_what_was_on_the_screen(EventStage stage)
    {
        var found = await FindAsync(stage, form => form.OwnButtons.Count > 0 ? form.OtherButtons : []);
        Assert.Contains(found, place => place.Page.Route == DeskRoutes.EventScenesPattern);
        Nothing(await TryAsync(stage, found, async (browser, address, place, form) =>
        {
            var typed = TypeEverywhere(form);
            var pressed = form.Pressable[place.Button];
            if (pressed.Closest("details.decide") is not null)
                return []; // it has said that what was typed goes, and asked
            if ((await browser.PressAsync(form, pressed)).PostedForms.ElementAtOrDefault(place.Form) is not { } shown)
                return [$"{place}: {pressed.TextContent} leads to a page without the form"];
            var kept = shown.TextFields.Select(WebForm.TextOf).ToList();
            string[] lost = kept.Count < typed.Count ? [] : [.. typed.Except(kept)];
            return
            [
                .. lost.Length == 0 ? [] : new[] { $"{place}: {pressed.TextContent} loses {string.Join(", ", lost)}" },
                .. await SaveAsync(browser, address, place, shown),
            ];
        }));
    }

    /// <summary>The same after a dozen buttons.</summary>
    [Theory]
    [MemberData(nameof(Stages))]
    public async Task After_many_buttons_saving_stores_what_was_on_the_screen(EventStage stage)
    {
        var found = await FindAsync(stage, form => form.OwnButtons.Count > 0 ? form.OtherButtons.Take(1) : []);
        Nothing(await TryAsync(stage, found, async (browser, address, place, form) =>
        {
            var which = new Random(7);
            for (var step = 0; step < Steps && form.OtherButtons is { Count: > 0 } buttons; step++)
            {
                var page = await browser.PressAsync(form, buttons[which.Next(buttons.Count)]);
                if (page.PostedForms.ElementAtOrDefault(place.Form) is not { } next)
                    return [$"{place}: after {step + 1} buttons there is a page without the form"];
                form = next;
            }
            return await SaveAsync(browser, address, place, form);
        }));
    }

    /// <summary>Empties every field and saves, which is refused; fills in again what was there and saves.</summary>
    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_refused_form_keeps_what_was_typed_and_saves_once_corrected(EventStage stage)
    {
        var refused = new List<Place>();
        var found = await FindAsync(stage, form => form.TextFields.Count > 0 ? form.OwnButtons.Take(1) : []);
        Nothing(await TryAsync(stage, found, async (browser, address, place, form) =>
        {
            var (was, seen) = (form.TextFields.Select(WebForm.TextOf).ToList(), form.Seen);
            form.TextFields.ForEach(field => WebForm.Type(field, ""));
            var answer = await browser.PressAsync(form, form.DefaultButton);
            if (answer.Redirected)
                return []; // may be empty
            refused.Add(place);
            if (answer.PostedForms.ElementAtOrDefault(place.Form) is not { } corrected)
                return [$"{place} is refused by a page without the form"];
            string[] changed =
                corrected.TextFields.Any(field => WebForm.TextOf(field) != "") ? [$"{place} does not come back as it was sent"] : [];
            foreach (var (field, text) in corrected.TextFields.Zip(was))
                WebForm.Type(field, text);
            string[] wrong = [.. changed, .. await SaveAsync(browser, address, place, corrected, seen)];
            // One that cannot be saved as it comes either was refused for something else: an event to be made, an account to be removed.
            return wrong.Length > 0 && await SavesAsItComesAsync(browser, address, place) ? wrong : [];
        }));
        Assert.Contains(refused, place => place.Page.Route == DeskRoutes.EventFactsPattern);
    }

    /// <summary>Those at which forms that are saved look different.</summary>
    public static TheoryData<EventStage> Stages() => [EventStage.Draft, EventStage.Blank, EventStage.Open];

    private static async Task<bool> SavesAsItComesAsync(ScriptlessBrowser browser, string address, Place place) =>
        (await browser.OpenAsync(address)).PostedForms.ElementAtOrDefault(place.Form) is { } form
        && (await browser.PressAsync(form, form.DefaultButton)).Redirected;

    /// <summary>Presses the form's main button, opens the page again, as it is without a question about it, and compares.</summary>
    private static async Task<IReadOnlyList<string>> SaveAsync(
        ScriptlessBrowser browser, string address, Place place, WebForm form, IReadOnlyList<FormField>? expected = null)
    {
        expected ??= form.Seen;
        var saved = await browser.PressAsync(form, form.OwnButtons[^1]);
        if (!saved.Redirected)
            return [$"{place} is not saved: {saved.Address} {saved.Trouble}"];
        var opened = await browser.OpenAsync(Path(address));
        if (opened.Path != Path(address))
            return [];
        if (opened.PostedForms.ElementAtOrDefault(place.Form)?.Seen is not { } stored)
            return [$"{place}: once saved there is a page without the form"];
        return stored.SequenceEqual(expected)
            ? []
            : [$"{place}: stored {Tell(stored.Except(expected))}, on the screen {Tell(expected.Except(stored))}"];

        static string Tell(IEnumerable<FormField> fields) => string.Join(", ", fields.Select(field => $"{field.Name}={field.Value}"));
    }

    /// <summary>
    /// Adds to every field that holds something; what then stands in each. An empty one may belong to others that are empty.
    /// </summary>
    private static List<string> TypeEverywhere(WebForm form)
    {
        foreach (var (number, field) in form.TextFields.Where(field => WebForm.TextOf(field) != "").Index())
            WebForm.Type(field, $"{WebForm.TextOf(field)}·{number}");
        return [.. form.TextFields.Select(WebForm.TextOf)];
    }

    private static void Fill(WebForm form, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            WebForm.Type(form.Controls.Single(control => control.GetAttribute("name") == name), value);
    }

    /// <summary>Fails with every line, not with the beginnings of five.</summary>
    private static void Nothing(IReadOnlyList<string> wrong) => Assert.True(wrong.Count == 0, string.Join('\n', wrong));

    private static string Path(string address) => address.Split('?', '#')[0];

    private static string HandlerOf(string address) =>
        QueryHelpers.ParseQuery(new Uri(new Uri("http://any.host"), address).Query).TryGetValue("handler", out var handler)
            ? $"{handler}"
            : "";

    [GeneratedRegex("""<form\b(?:[^>"]|"[^"]*")*method="post"(?:[^>"]|"[^"]*")*>""")]
    private static partial Regex PostedForm();
}
