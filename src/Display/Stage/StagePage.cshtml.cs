using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Drawing;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Stage;

/// <summary>
/// The projector page: counts, never names. Written whole by the server, so the state is right before any script runs;
/// the script then moves the numbers, and asks for this page again when anything else has changed.
/// </summary>
[AllowAnonymous]
public sealed class StagePage(PublishedEvents events, StageReader stages, PublicAddress address, TimeProvider time) : PageModel
{
    public PublishedEvent Event { get; private set; } = null!;
    public StageScene Now { get; private set; } = null!;

    /// <summary>The counts to show: those at which the host holds them, until the wave.</summary>
    public Tally Shown { get; private set; } = null!;
    public string State => Now.State;
    public QrDrawing Qr { get; private set; } = null!;
    public string PhonePage => address.PhonePage(Event.Code);
    public string ShortAddress => address.Short;
    public IEnumerable<IGrouping<string, Vessel>> Schools => Event.Classes
        .Join(Shown.ByClass, group => group.Id, tally => tally.ClassId, Vessel.Of).GroupBy(vessel => vessel.Class.School);

    /// <summary>Whether any vessel fills with families.</summary>
    public bool CountsFamilies => Event.Classes.Any(group => group.NeedsGuardian);

    /// <summary>How much room the count needs.</summary>
    public int Digits => Shown.People.ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>How much room the vessels need: a few can be large.</summary>
    public string Crowd => Event.Classes.Count switch { 0 => "none", <= 8 => "few", <= 26 => "some", _ => "many" };

    /// <summary>How much room the title needs.</summary>
    public string TitleLength => TextWidth.Of(Event.Title, 28, 56);

    /// <summary>Milliseconds until home signing runs out by the clock, without a message; null where it does not, or is over.</summary>
    public long? ClosesIn { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } found)
            return NotFound();
        Event = found;
        (var tally, Now) = await stages.NowAsync(found, cancellationToken);
        Shown = Now is { Held: { } held, Kind: not "wave" } ? held : tally;
        ClosesIn = State == "open" && found.HomeSigningUntil is { } until ? (long)(until - time.GetUtcNow()).TotalMilliseconds : null;
        Qr = new QrDrawing(address.PhonePageInQr(found.Code));
        Response.Headers.CacheControl = "no-cache";
        return Page();
    }
}

/// <summary>A scene as it is written into the page, on stage or waiting.</summary>
public sealed record SceneOnStage(StagePage Stage, PublishedScene Scene)
{
    /// <summary>Where in the scene the stage is; a scene that waits begins at its beginning.</summary>
    public int Step => Scene.Id == Stage.Now.SceneId ? Stage.Now.Step : 0;
}

/// <summary>A class as a vessel whose water level is its share of signers.</summary>
/// <param name="Counted">What fills it: whole families where pupils need a guardian, else people.</param>
/// <param name="Waterline">How far below the rim the water stands, in hundredths of the vessel: 97 when empty, 6 when full.</param>
public sealed record Vessel(PublishedClass Class, int Count, string Counted, int Waterline)
{
    /// <summary>The level of a class without an expected size: a constant that means nothing.</summary>
    private const double Calm = 0.4;

    public static Vessel Of(PublishedClass group, ClassTally tally)
    {
        var count = group.NeedsGuardian ? tally.Families : tally.People;
        var level = group.Expected is { } expected ? Math.Min(1, (double)count / expected) : Calm;
        return new Vessel(group, count, group.NeedsGuardian ? "families" : "people", (int)Math.Round(97 - 91 * level));
    }

    /// <summary>Brief, to be read from afar: 五1班; in English 5-1.</summary>
    public string Name => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en"
        ? $"{Class.Grade}-{Class.Number}"
        : ClassGroup.NameOf(Class.Grade, Class.Number, CultureInfo.CurrentUICulture).Replace("（", "").Replace("）", "");
}
