using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Exports;

/// <summary>
/// Where the roll-up is sent every week, and what became of it: set up and ended by an administrator, who sees the last answers.
/// </summary>
[Authorize(Policy = Policies.Administer)]
public sealed class ExportsPage(
    DeskPageDependencies desk, Webhook webhook, IOptions<ExportSettings> options, TimeProvider time,
    IStringLocalizer<ExportsText> localizer) : DeskPageModel(desk)
{
    /// <summary>Lines of the log for each export.</summary>
    private const int ShownDeliveries = 8;

    private const int DaysOfWeek = 7;
    private const int HoursOfDay = 24;

    private const string NewSecretKey = "WeeklyExport";

    private readonly ExportSettings settings = options.Value;

    public sealed record Row(WeeklyExport Export, string Organization, IReadOnlyList<ExportDelivery> Deliveries);

    public sealed record ExportForm
    {
        /// <summary>Empty for the folder.</summary>
        public string? Address { get; init; }

        public bool ToFolder { get; init; }

        public int OrganizationId { get; init; }

        /// <summary>See <see cref="WeeklyExport.Weekday"/>.</summary>
        public string? Weekday { get; init; }

        public string? Hour { get; init; }
    }

    [BindProperty]
    public ExportForm Form { get; set; } = new();

    /// <summary>The account's organization and those below it.</summary>
    public IReadOnlyList<TreeRow> Choices { get; private set; } = [];

    /// <summary>Those that go on, the newest first.</summary>
    public IReadOnlyList<Row> Exports { get; private set; } = [];

    /// <summary>
    /// The secret of the export just set up. It comes with the redirect after the press, in the encrypted temp-data cookie.
    /// </summary>
    public string? ShownOnce { get; private set; }

    /// <summary>The settings name a folder.</summary>
    public bool HasFolder => settings.Folder is { Length: > 0 };

    public async Task OnGetAsync()
    {
        ShownOnce = TempData[NewSecretKey] as string;
        await ShowAsync();
        Form = new ExportForm { OrganizationId = Choices[0].Id, ToFolder = HasFolder, Weekday = "1", Hour = "6" };
    }

    public async Task<IActionResult> OnPostNewAsync()
    {
        await ShowAsync();
        var read = Reader(localizer, nameof(Form), "Field");
        var weekday = read.Number(nameof(Form.Weekday), Form.Weekday, 1, DaysOfWeek);
        var hour = read.Number(nameof(Form.Hour), Form.Hour, 0, HoursOfDay - 1);
        var address = Form.ToFolder && HasFolder ? null : ReadAddress(read);
        var organization = Choices.Any(row => row.Id == Form.OrganizationId) ? await Db.Organizations.FindAsync(Form.OrganizationId) : null;
        if (organization is null)
            read.Missing(nameof(Form.OrganizationId));
        else if (Exports.Count(row => row.Export.OrganizationId == organization.Id) >= WeeklyExport.MaxPerOrganization)
            read.Refuse(nameof(Form.OrganizationId), "TooMany", WeeklyExport.MaxPerOrganization);
        if (!ModelState.IsValid || organization is null)
            return Page();
        var (shown, kept) = address is null ? (null, null) : webhook.NewSecret();
        Db.WeeklyExports.Add(new WeeklyExport(
            organization, address?.AbsoluteUri, kept, weekday, hour, User.AccountId(), time.GetUtcNow()));
        Db.Audit(AuditAction.WeeklyExportSet, organization).Detail = address?.Host ?? "";
        await Db.SaveChangesAsync();
        TempData[NewSecretKey] = shown;
        Done = localizer["Done.Set"];
        return Redirect(DeskRoutes.Exports);
    }

    /// <summary>Sends one now, beside the weekly ones.</summary>
    public async Task<IActionResult> OnPostSendAsync(int export)
    {
        if (await FindAsync(export) is { } found)
        {
            var now = time.GetUtcNow();
            Db.ExportDeliveries.Add(new ExportDelivery(found.Id, now, now));
            Db.Audit(AuditAction.WeeklyExportAsked, found.Organization).Detail = HostOf(found);
            await Db.SaveChangesAsync();
            Done = localizer["Done.Asked"];
        }
        return Redirect(DeskRoutes.Exports);
    }

    public async Task<IActionResult> OnPostRevokeAsync(int export)
    {
        if (await FindAsync(export) is { } found)
        {
            found.Revoke(time.GetUtcNow());
            Db.Audit(AuditAction.WeeklyExportEnded, found.Organization).Detail = HostOf(found);
            await Db.SaveChangesAsync();
            Done = localizer["Done.Ended"];
        }
        return Redirect(DeskRoutes.Exports);
    }

    /// <summary>The name of a day of the week, in the reader's language.</summary>
    public static string DayName(int weekday) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName((DayOfWeek)(weekday % DaysOfWeek));

    private static string HostOf(WeeklyExport export) => export.Address is { } address ? new Uri(address).Host : "";

    private Task<WeeklyExport?> FindAsync(int id) =>
        Db.WeeklyExports.Include(x => x.Organization).SingleOrDefaultAsync(x => x.Id == id && x.RevokedAt == null);

    private Uri? ReadAddress(FormReader read)
    {
        var typed = read.Line(nameof(Form.Address), Form.Address, WeeklyExport.AddressMaxLength);
        if (typed.Length == 0)
            return null;
        var (address, fault) = WebhookAddress.Read(typed, settings);
        if (fault is { } wrong)
            read.Refuse(nameof(Form.Address), $"Address.{wrong}");
        return address;
    }

    private async Task ShowAsync()
    {
        Choices = await Db.ReadTreeAsync(HttpContext.RequestAborted);
        var exports = await Db.WeeklyExports.AsNoTracking().Include(x => x.Organization).Where(x => x.RevokedAt == null)
            .OrderByDescending(x => x.Id).ToListAsync(HttpContext.RequestAborted);
        var rows = new List<Row>();
        foreach (var export in exports)
            rows.Add(new Row(export, export.Organization.Name, await Db.ExportDeliveries.AsNoTracking().Where(d => d.ExportId == export.Id)
                .OrderByDescending(d => d.Id).Take(ShownDeliveries).ToListAsync(HttpContext.RequestAborted)));
        Exports = rows;
    }
}
