using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Drawing;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Stage;

/// <summary>
/// The projector page: counts, never names. Written whole by the server, so the state is right before any script runs;
/// the script then moves the numbers, and asks for this page again when anything else has changed.
/// </summary>
[AllowAnonymous]
public sealed class StagePage(
    VisibleEvents events, StageReader stages, PublicAddress address, DeviceCookie cookie, ClockCheck clock) : PageModel
{
    public Rundown Rundown { get; private set; } = null!;
    public PublishedEvent Event => Rundown.Event;
    public StageScene Now { get; private set; } = null!;

    /// <summary>The counts to show: those at which the host holds them, until the wave.</summary>
    public Tally Shown { get; private set; } = null!;
    public string State => Now.State;
    public QrDrawing Qr { get; private set; } = null!;
    public string PhonePage => address.PhonePage(Event.Code);
    public string ShortAddress => address.Short;

    /// <summary>Modules along a side of the code, without the quiet zone: its ground is white where it stands.</summary>
    public int QrModules => Qr.Side - 2 * QrDrawing.QuietZone;

    /// <summary>Where the code stands, see <c>Stage/code.ts</c>; nowhere once signing is closed and nobody could sign with it.</summary>
    public string CodePlace => (State, Now.Kind) switch
    {
        ("closed", _) or (_, "film" or "oath" or "wave") => "none",
        (_, "signing") => SigningScene.ShowsCount(Now, Shown) || State == "draft" ? "sheet" : "plate",
        _ => "corner",
    };

    /// <summary>How much room the title needs.</summary>
    public string TitleLength => TextLength.Of(Event.Title, 28, 56);

    /// <summary>Milliseconds until home signing runs out by the clock, without a message; null where it does not, or is over.</summary>
    public long? ClosesIn { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } found)
            return NotFound();
        Rundown = stages.RundownOf(found.Localized());
        (var tally, Now) = await stages.NowAsync(found, cancellationToken);
        Shown = Now.Held ?? tally;
        ClosesIn = State == "open" && found.HomeSigningUntil is { } until ? (long)(until - clock.Now).TotalMilliseconds : null;
        Qr = new QrDrawing(address.PhonePageInQr(found.Code));
        // A masked name that is withdrawn leaves the screens; no browser keeps it either.
        Response.Headers.CacheControl = Now.Names.Count > 0 ? "no-store" : "no-cache";
        if (cookie.Read(HttpContext) is null)
            cookie.Issue(HttpContext); // by which the screen keeps its place among the connections
        return Page();
    }
}
