using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace SafetyCampaign.Tests.Desk;

/// <summary>The buttons that are tried.</summary>
public sealed partial class FormTests
{
    /// <summary>A button: which form of the page's, which of its buttons that can be pressed, and what is written on it.</summary>
    private sealed record Place(PageAddress Page, int Form, int Button, string Name)
    {
        public override string ToString() => $"{Page.Route} {Page.Query} “{Name}”";
    }

    /// <summary>
    /// The buttons to try of all forms that go to their own page. Of those that call one handler, the first, the middle and
    /// the last: the scenes have one for every scene.
    /// </summary>
    private async Task<List<Place>> FindAsync(EventStage stage, Func<WebForm, IEnumerable<IElement>> buttons)
    {
        var found = new List<Place>();
        var pages = await PagesWithForms.SeedAsync(app, stage);
        foreach (var page in await pages.FindAsync())
        {
            var opened = await pages.BrowserFor(page.Route).OpenAsync(pages.AddressOf(page));
            foreach (var (place, form) in opened.PostedForms.Index().Where(form => Path(form.Item.AddressOf(null)) == opened.Path))
                foreach (var alike in buttons(form).GroupBy(button => HandlerOf(form.AddressOf(button))).Select(same => same.ToList()))
                    found.AddRange(new[] { alike[0], alike[alike.Count / 2], alike[^1] }.Distinct()
                        .Select(button => new Place(page, place, form.Pressable.IndexOf(button), button.TextContent.Trim())));
        }
        return found;
    }

    /// <summary>
    /// What is wrong at the places that are found. Each is tried with the event that the tries before have left, which is as good as
    /// another while the place is there; only where something is wrong then, or the place has gone, once more with an event of its own:
    /// making one takes longer than the try.
    /// </summary>
    private async Task<IReadOnlyList<string>> TryAsync(
        EventStage stage, IEnumerable<Place> places, Func<ScriptlessBrowser, string, Place, WebForm, Task<IReadOnlyList<string>>> attempt)
    {
        var wrong = new List<string>();
        PagesWithForms? pages = null;
        foreach (var place in places)
        {
            if (pages is not null && await AtAsync(pages, place) is { } found
                && (await attempt(pages.BrowserFor(place.Page.Route), pages.AddressOf(place.Page), place, found)).Count == 0)
                continue;
            pages = await PagesWithForms.SeedAsync(app, stage);
            var form = await AtAsync(pages, place);
            Assert.True(form is not null, $"{place} is on one event's page and not on the next one's");
            wrong.AddRange(await attempt(pages.BrowserFor(place.Page.Route), pages.AddressOf(place.Page), place, form));
        }
        return wrong;
    }

    /// <summary>The form, where the page still has it with the button in its place.</summary>
    private static async Task<WebForm?> AtAsync(PagesWithForms pages, Place place)
    {
        var page = await pages.BrowserFor(place.Page.Route).OpenAsync(pages.AddressOf(place.Page));
        return page.PostedForms.ElementAtOrDefault(place.Form) is { } form
            && form.Pressable.ElementAtOrDefault(place.Button)?.TextContent.Trim() is { } name
            && WithoutTime(name) == WithoutTime(place.Name)
            ? form
            : null;

        static string WithoutTime(string name) => Regex.Replace(name, "[0-9]+", "0"); // a session is called by its minute
    }
}
