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

    private async Task<(ScriptlessBrowser Browser, string Address)> GoToAsync(EventStage stage, Place place)
    {
        var pages = await PagesWithForms.SeedAsync(app, stage);
        return (pages.BrowserFor(place.Page.Route), pages.AddressOf(place.Page));
    }
}
