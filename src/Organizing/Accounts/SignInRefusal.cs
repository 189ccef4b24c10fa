using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>What a form says when a password was wrong, or was not looked at after too many that were.</summary>
internal static class SignInRefusal
{
    /// <param name="page">The page with the form.</param>
    /// <param name="field">Where it is said; "" for the head of the form.</param>
    /// <param name="outcome">Anything but success.</param>
    /// <param name="wrong">What is said of a wrong password.</param>
    public static void Show(PageModel page, string field, SignInOutcome outcome, string wrong, IStringLocalizer<OrganizingText> localizer,
        IStringLocalizer<DeskText> deskLocalizer)
    {
        var waits = outcome.Wait > TimeSpan.Zero;
        if (outcome.Status == SignInStatus.Wrong)
            page.ModelState.AddModelError(field, wrong);
        if (waits)
            page.ModelState.AddModelError(field, localizer["SignIn.Wait", deskLocalizer.Wait(outcome.Wait)]);
        if (outcome.Status != SignInStatus.Delayed)
            return;
        page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        page.Response.Headers.RetryAfter =
            Math.Max(1, Math.Ceiling(outcome.Wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
