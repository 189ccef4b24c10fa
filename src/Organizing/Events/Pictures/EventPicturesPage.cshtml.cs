using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Pictures;

/// <summary>The logos of an event's hosts and partners, and a picture of the place.</summary>
[Authorize(Policy = Policies.Organize)]
[RequestSizeLimit(PictureUpload.RequestMaxBytes), ReceivesFiles]
public sealed class EventPicturesPage(DeskPageDependencies desk, IStringLocalizer<PicturesText> localizer) : EventPageModel(desk)
{
    /// <summary>A host or partner; empty for the picture of the place.</summary>
    [BindProperty]
    public string? For { get; set; }

    [BindProperty]
    public IFormFile? Picture { get; set; }

    /// <summary>Why nothing was kept.</summary>
    public string? Refusal { get; private set; }

    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>Those of a lecture's cards are changed with their card.</summary>
    public IEnumerable<PublishedPicture> Listed => Public.Pictures.Where(picture => picture.Kind != EventPictureKind.Card);

    public IEnumerable<string> Partners => Event.Hosts.Concat(Event.Partners).Distinct();

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!HttpContext.HasRoomForFiles())
            return await RefuseAsync("NoRoom", StatusCodes.Status507InsufficientStorage);
        if (Picture is not { Length: > 0 })
            return await RefuseAsync("None");
        var partner = string.IsNullOrEmpty(For) ? null : For;
        if (partner is not null && !Partners.Contains(partner))
            return await RefuseAsync("For");
        var kind = partner is null ? EventPictureKind.Place : EventPictureKind.Logo;
        if (PictureUpload.Read(Picture, kind, out var refused) is not { } drawn)
            return await RefuseAsync(refused);
        await RemoveAsync(p => p.Kind == kind && p.Subject == partner);
        Db.Pictures.Add(new EventPicture(Event.Id, kind, partner, drawn.Bytes, drawn.Width, drawn.Height));
        return await SettleAsync(AuditAction.PictureUploaded, "Done.Kept");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int picture) =>
        await RemoveAsync(p => p.Id == picture)
            ? await SettleAsync(AuditAction.PictureRemoved, "Done.Removed")
            : RedirectToPage(new { Event.Code });

    private async Task<bool> RemoveAsync(Func<PublishedPicture, bool> which)
    {
        await LoadAsync();
        var ids = Public.Pictures.Where(which).Select(p => p.Id).ToList();
        Db.Pictures.RemoveRange(await Db.Pictures.Where(p => ids.Contains(p.Id)).ToListAsync());
        return ids.Count > 0;
    }

    /// <summary>A picture is no field of the event, so whoever saved something else of it meanwhile is not overwritten.</summary>
    private async Task<IActionResult> SettleAsync(AuditAction action, string done)
    {
        Db.Audit(action, Event);
        while (!await SaveAsync(Event.Revision))
            await Db.Entry(Event).ReloadAsync();
        Done = localizer[done];
        return RedirectToPage(new { Event.Code });
    }

    private async Task<IActionResult> RefuseAsync(string why, int status = StatusCodes.Status400BadRequest)
    {
        await LoadAsync();
        Refusal = localizer[$"Error.{why}", PictureUpload.MaxMegabytes];
        Response.StatusCode = status;
        return Page();
    }

    private async Task LoadAsync() => Public = (await Published.FindAsync(Event.Id))!;
}
