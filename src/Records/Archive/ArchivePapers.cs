using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>The pages of a package that stand alone: contents, plan and wordings, to be opened from a disk and printed.</summary>
public sealed class ArchivePapers(
    IStringLocalizer<ArchiveText> words, IStringLocalizer<LayoutText> shared, IStringLocalizer<DeskText> desk, HtmlEncoder html,
    InterfaceLanguages languages)
{
    private const string Style =
        """
        body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#10202b}
        h1{line-height:1.3}h2{margin-top:2em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #8aa0ad;padding:.4em .6em;
        text-align:left;vertical-align:top}.hint{color:#465a66}.code{font-family:ui-monospace,monospace;white-space:nowrap}
        figure{margin:1em 0;break-inside:avoid}img{max-width:100%}
        article{break-inside:avoid;border-top:1px solid #8aa0ad;margin-top:2em}@page{size:A4;margin:18mm}
        """;

    public string Contents(PublishedEvent e, IReadOnlyList<(string Path, int Key)> files, EventSeal seal, DateTimeOffset? stampedAt)
    {
        var page = new StringBuilder();
        Add(page, "p", words["Contents.Lead", e.Title, desk.Span(e.StartsAt, e.EndsAt, e.Zone.Id), e.Place]);
        page.Append("<table><thead><tr>");
        Add(page, "th", words["Contents.Number"]);
        Add(page, "th", words["Contents.File"]);
        Add(page, "th", words["Contents.What"]);
        page.Append("</tr></thead><tbody>");
        foreach (var (index, (file, key)) in files.Index())
        {
            page.Append("<tr>");
            Add(page, "td", (index + 1).ToString(CultureInfo.InvariantCulture));
            page.Append(CultureInfo.InvariantCulture, $"<td><a href=\"{Uri.EscapeDataString(file)}\">{html.Encode(file)}</a></td>");
            Add(page, "td", words[$"What.{key}"]);
            page.Append("</tr>");
        }
        page.Append("</tbody></table>");
        Add(page, "p", words["Contents.Data"]);
        Add(page, "h2", words["Contents.Seal"]);
        Add(page, "p", words["SealLine", seal.Code, seal.Version, e.Local(seal.SealedAt), seal.Leaves]);
        if (stampedAt is { } stamped)
            Add(page, "p", words["Contents.Timestamp", e.Local(stamped)]);
        Add(page, "p", words["Contents.Check"]);
        Add(page, "p", words["DeleteBy", e.Rules[0].Settings.EraseOn]);
        return Page(e, words["Title"], page);
    }

    public string Plan(PublishedEvent e)
    {
        var page = new StringBuilder("<table><tbody>");
        Row(page, words["Plan.When"], desk.Span(e.StartsAt, e.EndsAt, e.Zone.Id));
        Row(page, words["Plan.Place"], e.Place);
        Row(page, words["Plan.By"], string.Join(words["Comma"], e.Askers));
        if (e.Partners.Count > 0)
            Row(page, words["Plan.With"], string.Join(words["Comma"], e.Partners));
        if (e.OpenedAt is { } opened)
            Row(page, words["Plan.Opened"], desk.Moment(opened, e.Zone.Id));
        if (e.ClosedAt is { } closed)
            Row(page, words["Plan.Closed"], desk.Moment(closed, e.Zone.Id));
        page.Append("</tbody></table>");
        Add(page, "h2", words["Plan.Scenes"]);
        page.Append("<ol>");
        foreach (var scene in e.Scenes)
            Add(page, "li", scene.Title);
        page.Append("</ol>");
        Add(page, "h2", words["Plan.Classes"]);
        page.Append("<table><tbody>");
        foreach (var group in e.Classes)
            Row(page, group.LocalizedFullName(), group.Expected is { } pupils ? words["Plan.Expected", pupils] : "–");
        page.Append("</tbody></table>");
        return Page(e, words["Plan.Title"], page);
    }

    /// <summary>Each version that somebody signed, in each of its languages, word for word.</summary>
    public string Wordings(PublishedEvent e, IReadOnlyList<PledgeText> texts)
    {
        var page = new StringBuilder();
        if (texts.Count == 0)
            Add(page, "p", words["Nothing"]);
        foreach (var text in texts)
        {
            Wording(page, text.Wording, words["Wording.Version", shared[$"Role.{text.Role}"], text.Version], null);
            foreach (var translation in text.Translations)
                Wording(page, translation.Wording, words["Wording.Translation", shared[$"Role.{text.Role}"], text.Version,
                    translation.Language], translation);
        }
        return Page(e, words["Wordings.Title"], page);
    }

    public string Photos(PublishedEvent e, IReadOnlyList<(string Path, string Caption)> photos)
    {
        var page = new StringBuilder();
        foreach (var (at, (path, caption)) in photos.Index())
        {
            page.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{path}\" alt=\"{html.Encode(words["Photo", at + 1])}\">");
            Add(page, "figcaption", caption);
            page.Append("</figure>");
        }
        return Page(e, words["Photos.Title"], page);
    }

    /// <summary>The class sheets of those whose pledges count, each row as it was written.</summary>
    public string Paper(PublishedEvent e, IReadOnlyList<ArchivedSheet> sheets)
    {
        var page = new StringBuilder();
        Add(page, "p", words["Paper.Lead"]);
        foreach (var sheet in sheets)
        {
            Add(page, "h2", words["Paper.Sheet", sheet.Class, sheet.Page, sheet.Pages]);
            Add(page, "p class=hint", words["Paper.Code", sheet.Code]);
            page.Append("<table><tbody>");
            foreach (var paper in sheet.Papers)
            {
                page.Append("<tr>");
                Add(page, "th", $"{paper.Number}");
                Add(page, "td", paper.Name);
                page.Append(CultureInfo.InvariantCulture,
                    $"<td><img src=\"{paper.Path}\" alt=\"{html.Encode(words[paper.IsSlip ? "Paper.Slip" : "Paper.Row"])}\"></td></tr>");
            }
            page.Append("</tbody></table>");
        }
        return Page(e, words["Paper.Title"], page);
    }

    private void Wording(StringBuilder page, PledgeWording wording, string kind, PledgeTranslation? translation)
    {
        page.Append(translation is null
            ? "<article>"
            : $"<article lang=\"{html.Encode(translation.Language)}\" dir=\"{translation.Direction.Dir()}\">");
        Add(page, "p class=hint", kind);
        Add(page, "h2", wording.Title);
        page.Append("<ol>");
        foreach (var clause in wording.Clauses)
            Add(page, "li", clause);
        page.Append("</ol>");
        Add(page, "p", wording.Closing);
        page.Append("</article>");
    }

    private void Row(StringBuilder page, string caption, string value)
    {
        page.Append("<tr>");
        Add(page, "th", caption);
        Add(page, "td", value);
        page.Append("</tr>");
    }

    private void Add(StringBuilder page, string tag, string text) =>
        page.Append(CultureInfo.InvariantCulture, $"<{tag}>{html.Encode(text)}</{tag.Split(' ')[0]}>");

    private string Page(PublishedEvent e, string title, StringBuilder content) =>
        $"""
         <!DOCTYPE html>
         <html lang="{languages.Current.Tag}" dir="{languages.Current.Dir}"><head><meta charset="utf-8">
         <meta name="viewport" content="width=device-width,initial-scale=1"><title>{html.Encode($"{title} · {e.Title}")}</title>
         <style>{Style}</style></head><body><h1>{html.Encode(title)}</h1><p class="hint">{html.Encode(e.Title)}</p>{content}</body></html>
         """;
}
