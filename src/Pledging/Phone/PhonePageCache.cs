using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Memory;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The phone page of each event as it is sent to everybody, but for the key in it: rendered and compressed once, until the event
/// changes. A page belongs to the very <see cref="PublishedEvent"/> it was made from, so whatever makes that anew (an edit on this
/// node or another) makes the page anew.
/// </summary>
/// <param name="languages">Which are asked for by <c>?lang=</c>.</param>
public sealed class PhonePageCache(InterfaceLanguages languages) : IDisposable
{
    /// <summary>Of all pages together. One takes some 14 KB; an event has one for each class that is asked for by its own link.</summary>
    private const int MaxBytes = 16 << 20;

    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(10);

    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private readonly SingleFlight<PhonePageVariant, CachedPage> rendering = new();

    /// <summary>Which of the event's pages a request asks for; null for one that is not kept.</summary>
    public PhonePageVariant? VariantOf(
        PublishedEvent e, SigningStatus status, bool isInGrace, bool isLate, bool isNotHeld, PublishedClass? chosen, string? read,
        HttpRequest request)
    {
        // A translation is kept under its own tag; whoever asks for another of its language is answered as before.
        if (request.PathBase.HasValue
            || (read is { Length: > 0 } && !e.Texts.Any(text => text.Translations.Any(t => t.Language == read))))
            return null;
        var asked = (string?)request.Query[LanguageChoice.QueryKey];
        var language = languages.All.FirstOrDefault(known => known.Tag == asked)?.Tag;
        return new PhonePageVariant(e.Id, e.Code, e.Revision, status, isInGrace, isLate, isNotHeld, CultureInfo.CurrentCulture.Name,
            CultureInfo.CurrentUICulture.Name, chosen?.Id, read is { Length: > 0 } ? read : null, language);
    }

    /// <summary>The page that is kept; null where it must be rendered.</summary>
    public PrecompressedPage? Find(PublishedEvent e, PhonePageVariant variant) =>
        pages.TryGetValue(variant, out CachedPage? kept) && ReferenceEquals(kept!.Event, e) ? kept.Page : null;

    /// <summary>Renders a page, once however many ask for it at a time.</summary>
    /// <returns>Null where somebody else's was of another state of the event.</returns>
    internal async Task<PrecompressedPage?> RenderAsync(
        PublishedEvent e, PhonePageVariant variant, Func<Task<PrecompressedPage>> render)
    {
        // Not cancelled: whoever renders does so on a request of its own, which must not end before.
        var rendered = await rendering.ReadAsync(variant, async asked =>
        {
            var page = new CachedPage(e, await render());
            pages.Set(asked, page, new MemoryCacheEntryOptions { Size = page.Page.Size, SlidingExpiration = MaxIdle });
            return page;
        }, CancellationToken.None);
        return ReferenceEquals(rendered.Event, e) ? rendered.Page : null;
    }

    public void Dispose() => pages.Dispose();

    private sealed record CachedPage(PublishedEvent Event, PrecompressedPage Page);
}

/// <summary>All that a phone page depends on, beside the content of its event and the key in it.</summary>
/// <param name="Status">By the clock.</param>
/// <param name="IsInGrace">Signing has ended, and pages that were opened before are still taken.</param>
/// <param name="IsLate">Of somebody who opened it before the end, with the form.</param>
/// <param name="IsNotHeld">Signing was never opened, and the event is over or archived.</param>
/// <param name="Culture">Of dates and numbers; a cookie may name another than that of the words.</param>
/// <param name="UICulture">Of the words.</param>
/// <param name="ClassId">Chosen by the link; null for none, and for one that the event does not have.</param>
/// <param name="Read">The tag of the translation that was chosen.</param>
/// <param name="Language">Asked for in the address, where it stays for phones that keep no cookies.</param>
public sealed record PhonePageVariant(
    int EventId, string Code, long Revision, SigningStatus Status, bool IsInGrace, bool IsLate, bool IsNotHeld, string Culture,
    string UICulture, int? ClassId, string? Read, string? Language)
{
    /// <summary>By which the page's links name it. What else stood in an address (a messenger's own parameters) is left out.</summary>
    public PathString Path => $"/e/{Code}";

    /// <inheritdoc cref="Path"/>
    public QueryString Query => new(QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        [PhonePage.ClassKey] = ClassId?.ToString(CultureInfo.InvariantCulture),
        [LanguageChoice.QueryKey] = Language,
        [PhonePage.ReadKey] = Read,
    }));
}
